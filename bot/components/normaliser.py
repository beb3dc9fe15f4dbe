"""First in the pipeline: everything after it reads one way of writing."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.knowledge.spelling import as_meant

CUT = "is_cut"
"""Set in what was understood of a message that was longer than ``LONGEST``."""
LONGEST = 2_000
"""Characters that are read of one message; nobody's question is longer, and costs stay bounded."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class Normaliser(GraphComponent):
    """Replaces the text that the other components see; the conversation keeps what was typed."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Normaliser:
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Normalise, correct and shorten the text of each message in place."""
        for message in messages:
            text = message.get(TEXT)
            if text:
                message.set(TEXT, as_meant(text[:LONGEST]), add_to_output=True)
                if len(text) > LONGEST:
                    message.set(CUT, True, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Normalise the examples in the same way."""
        from bot.reading import normalise

        for message in training_data.training_examples:
            if message.get(TEXT):
                message.set(TEXT, normalise(message.get(TEXT)), add_to_output=True)
        return training_data
