"""Other scripts than Chinese: a guess at such a message has to be a good one."""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

HAN = re.compile(r"[\u4e00-\u9fff]")
UNCLEAR = {"name": None, "confidence": 0.0}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class OtherScripts(GraphComponent):
    """Takes back the intent of a message without a Chinese character unless the classifier was sure.

    Pinyin and greetings pass; markup, template braces and digits alone do not become a wish.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"threshold": 0.8}

    def __init__(self, config: dict[str, Any]) -> None:
        self._threshold = config["threshold"]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> OtherScripts:
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Check each message; out of scope needs no certainty."""
        for message in messages:
            intent = message.get(INTENT) or UNCLEAR
            if HAN.search(message.get(TEXT) or "") or intent["name"] == "out_of_scope":
                continue
            if intent["confidence"] < self._threshold:
                message.set(INTENT, UNCLEAR, add_to_output=True)
        return messages
