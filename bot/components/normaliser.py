"""First in the pipeline: everything after it reads one way of writing, and no secret."""

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
from bot.privacy import find_secrets, mask
from bot.reading import normalise
from bot.reading.traditional import asked_script, written_script

CUT = "is_cut"
"""Set in what was understood of a message that was longer than ``LONGEST``."""
SECRETS = "secrets"
"""Set to the kinds of what nobody should type (``bot.privacy``), which is taken out."""
ASKED_SCRIPT, WRITTEN_SCRIPT = "asked_script", "written_script"
"""Set to the script that the message asks for or is written in, where it is plain (``bot.reading.traditional``)."""
TYPED = "typed"
"""Set to the text normalised and no more, for what must hear every word; never put out."""
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
        """Mask, normalise, correct and shorten the text of each message in place; say what it held besides."""
        for message in messages:
            typed = message.get(TEXT)
            if not typed:
                continue
            text = normalise(typed[:LONGEST])
            found = {
                CUT: len(typed) > LONGEST,
                SECRETS: sorted({secret.kind for secret in find_secrets(text)}),
                ASKED_SCRIPT: asked_script(typed),
                WRITTEN_SCRIPT: written_script(typed),
            }
            message.set(TYPED, text)
            message.set(TEXT, as_meant(mask(text, with_names=True)), add_to_output=True)
            for name, value in found.items():
                if value:
                    message.set(name, value, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Normalise the examples in the same way."""
        for message in training_data.training_examples:
            if message.get(TEXT):
                message.set(TEXT, normalise(message.get(TEXT)), add_to_output=True)
        return training_data
