"""Entities: catalogue words by spaCy, and amounts, periods, dates and rates by our own readers."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.clock import today
from bot.components.words import find_words
from bot.journey.mentions import read_mentions

Entity = dict[str, Any]


class _Extractor(GraphComponent, EntityExtractorMixin):
    """What both extractors share: create themselves from nothing and add their entities to the message."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> _Extractor:
        return cls()

    def find(self, text: str) -> list[Entity]:
        """Entities of ``text`` with offsets into it."""
        raise NotImplementedError

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities found to those already there."""
        for message in messages:
            found = self.add_extractor_name(self.find(message.get(TEXT) or ""))
            message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class CatalogueMatcher(_Extractor):
    """Products, causes, papers, contacts and budget fields, as named in ``bot/knowledge``."""

    def find(self, text: str) -> list[Entity]:
        return [
            {"entity": entity, "value": value, "start": start, "end": end}
            for entity, value, start, end in find_words(text)
        ]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class QuantityReader(_Extractor):
    """Money (fen), periods, dates and rates, each with its bounds and whether it is vague."""

    def find(self, text: str) -> list[Entity]:
        return [mention.as_entity() for mention in read_mentions(text, today())]
