"""Entities: what the catalogue names, and quantities, with their places in the text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.components.entities import CatalogueMatcher, QuantityReader
from bot.journey.mentions import from_entities, read_mentions
from bot.settings import settings


@pytest.fixture(autouse=True)
def _on_a_fixed_day(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("GUIDE_TODAY", "2026-11-23")
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


def entities(text: str) -> list[dict[str, Any]]:
    """The entities of ``text`` after both extractors."""
    messages = [Message({TEXT: text})]
    for extractor in (CatalogueMatcher(), QuantityReader()):
        messages = extractor.process(messages)
    found: list[dict[str, Any]] = messages[0].get(ENTITIES)
    return found


def test_both_extractors_add_to_what_is_there() -> None:
    assert {one["entity"] for one in entities("花呗逾期20天，欠8000元")} == {"product", "money", "period"}


def test_every_entity_names_its_extractor_and_its_place() -> None:
    text = "花呗逾期20天，欠8000元"
    for one in entities(text):
        assert one["extractor"] in ("CatalogueMatcher", "QuantityReader")
        assert 0 <= one["start"] < one["end"] <= len(text)


def test_values_are_plain_json() -> None:
    found = entities("花呗欠1.2万，每月9号还，日利率0.05%，分12期，下个月5号")
    assert json.loads(json.dumps(found)) == found


def test_money_is_whole_fen() -> None:
    money = next(one for one in entities("欠12000.5元") if one["entity"] == "money")
    assert money["value"]["low_fen"] == money["value"]["high_fen"] == 1_200_050


def test_days_are_read_from_the_day_it_is() -> None:
    day = next(one for one in entities("明天还") if one["entity"] == "date")
    assert day["value"]["earliest"] == "2026-11-24"


@pytest.mark.parametrize("text", ["", "你好", "😀"])
def test_a_message_that_names_nothing_has_no_entities(text: str) -> None:
    assert entities(text) == []


def test_a_mention_survives_the_way_through_rasa() -> None:
    from bot.clock import today

    text = "花呗欠1.2万，每月9号还，分12期"
    written = [mention.as_entity() for mention in read_mentions(text, today())]
    assert from_entities(json.loads(json.dumps(written))) == read_mentions(text, today())


def test_an_entity_from_a_button_needs_no_place() -> None:
    assert from_entities([{"entity": "product", "value": "huabei"}])[0].start == 0
