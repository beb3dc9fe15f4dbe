"""The contract of cards: what the schema takes, and that it is written down."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from bot.channels.cards import SCHEMA, problems, texts
from bot.settings import ROOT

WRITTEN: dict[str, Any] = json.loads(SCHEMA.read_text("utf-8"))
DOCS = (ROOT / "docs" / "cards.md").read_text("utf-8")
CHART = {"kind": "bar", "title": "a", "x": ["1"], "series": [{"label": "b", "values_fen": [1]}], "unit": "c"}
LADDER = {
    "type": "ladder",
    "version": 1,
    "title": "a",
    "rungs": [{"id": "ask", "label": "b", "title": "c", "detail": "d"}],
}
GOOD = [LADDER, {"type": "chart", "version": 1, **CHART}, {**LADDER, "notes": ["e"]}]


@pytest.mark.parametrize("card", GOOD)
def test_a_card_as_the_schema_says_is_taken(card: dict[str, Any]) -> None:
    assert problems(card) == []


@pytest.mark.parametrize(
    "changed",
    [
        {"type": "lader"},
        {"version": 2},
        {"title": ""},
        {"rungs": []},
        {"rungs": [{"id": "beg", "label": "b", "title": "c", "detail": "d"}]},
        {"rungs": [{"id": "ask", "label": "b", "title": "c"}]},
        {"rows": []},
        {"notes": "e"},
    ],
)
def test_a_card_that_is_otherwise_is_refused(changed: dict[str, Any]) -> None:
    assert problems({**LADDER, **changed})


@pytest.mark.parametrize("missing", ["type", "version", "title", "rungs"])
def test_what_every_card_needs_has_to_be_there(missing: str) -> None:
    assert problems({name: part for name, part in LADDER.items() if name != missing})


def test_a_chart_needs_a_value_for_each_place() -> None:
    assert problems({"type": "chart", "version": 1, **CHART, "x": ["1", "2"]}) == ["$: values and x do not match"]
    assert problems({"type": "chart", "version": 1, **CHART, "series": [{"label": "b", "values_fen": [1.5]}]})


def test_what_people_read_is_everything_but_payloads() -> None:
    card = {"title": "a", "rows": [{"label": "b", "edit": {"title": "c", "payload": "/d"}}, ["e", 1]]}
    assert list(texts(card)) == ["a", "b", "c", "e"]


def types() -> list[str]:
    found: list[str] = WRITTEN["properties"]["type"]["enum"]
    return found


def keys(part: object) -> Iterator[str]:
    """Every key that a card may have, however deep."""
    if isinstance(part, dict):
        yield from part.get("properties", {}) if isinstance(part.get("properties"), dict) else ()
        for value in part.values():
            yield from keys(value)
    elif isinstance(part, list):
        for value in part:
            yield from keys(value)


def test_each_type_has_its_shape() -> None:
    shapes = {one["if"]["properties"]["type"]["const"]: one["then"]["$ref"] for one in WRITTEN["allOf"]}
    assert list(shapes) == types()
    assert all(reference.removeprefix("#/$defs/") in WRITTEN["$defs"] for reference in shapes.values())


def test_every_type_and_every_key_is_written_down() -> None:
    assert re.findall(r"^\| `(\w+)`", DOCS, re.MULTILINE) == types()
    assert sorted({key for key in keys(WRITTEN["$defs"]) if f"`{key}`" not in DOCS}) == []
