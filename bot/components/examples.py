"""A message that is one of our examples, word for word, means what the example means."""

from __future__ import annotations

import json
import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

FILE = "examples.json"
RANKING = "intent_ranking"
CERTAIN = 1.0
BARE = re.compile(r"[\W_]+")


def key(text: str) -> str:
    """``text`` without punctuation and blanks: what counts when two messages are compared."""
    return BARE.sub("", text).lower()


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class OwnExamples(GraphComponent):
    """Puts the intent of an example first in the ranking of a message with the same words.

    A linear model fits thousands of sentences at once and is not sure of every short one; people say the short ones
    most. An example that stands in two intents counts for neither.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {}

    def __init__(self, storage: ModelStorage, resource: Resource, examples: dict[str, str]) -> None:
        self._storage = storage
        self._resource = resource
        self._examples = examples

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> OwnExamples:
        return cls(model_storage, resource, {})

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> OwnExamples:
        """The component with the examples of the training."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, json.loads((folder / FILE).read_text("utf-8")))

    def train(self, training_data: TrainingData) -> Resource:
        """Keep the intent of every example that stands in one intent only."""
        intents: dict[str, set[str]] = {}
        for example in training_data.intent_examples:
            intents.setdefault(key(example.get(TEXT) or ""), set()).add(example.get(INTENT))
        self._examples = {text: name for text, (name, *more) in intents.items() if text and not more}
        with self._storage.write_to(self._resource) as folder:
            (folder / FILE).write_text(json.dumps(self._examples, ensure_ascii=False), "utf-8")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Look each message up."""
        for message in messages:
            name = self._examples.get(key(message.get(TEXT) or ""))
            if name is not None:
                known = {"name": name, "confidence": CERTAIN}
                others = [one for one in message.get(RANKING) or () if one.get("name") != name]
                message.set(INTENT, known, add_to_output=True)
                message.set(RANKING, [known, *others], add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing after this component needs it on the examples."""
        return training_data
