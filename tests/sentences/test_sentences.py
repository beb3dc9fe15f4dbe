"""Held-out phrasings replayed against all intents: what a message is, and what it must never be taken for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).parent
LEAST_UNDERSTOOD = 0.80
LEAST_KEPT_APART = 0.90
LEAST_CRISES = 0.97


def files() -> list[dict[str, Any]]:
    return [yaml.safe_load(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.yml"))]


@pytest.fixture(scope="module")
def understood(bot: Any) -> dict[str, str]:
    """The intent of every sentence of the files, by its text; a fallback counts as out of scope."""

    async def parse() -> dict[str, str]:
        found = {}
        for one in files():
            for text in [*one["sentences"], *(line["text"] for line in one["never"])]:
                intent = (await bot.agent.parse_message(text))["intent"]["name"]
                found[text] = "out_of_scope" if intent in (None, "nlu_fallback") else intent
        return found

    return bot.loop.run_until_complete(parse())


@pytest.mark.model
def test_most_held_out_sentences_are_understood(understood: dict[str, str]) -> None:
    lines = [(text, one["intent"]) for one in files() for text in one["sentences"]]
    right = [text for text, intent in lines if understood[text] == intent]
    assert len(right) / len(lines) >= LEAST_UNDERSTOOD


@pytest.mark.model
def test_look_alikes_are_kept_apart(understood: dict[str, str]) -> None:
    lines = [(line["text"], one["intent"]) for one in files() for line in one["never"]]
    apart = [text for text, intent in lines if understood[text] != intent]
    assert len(apart) / len(lines) >= LEAST_KEPT_APART


@pytest.mark.model
def test_people_in_danger_are_heard(understood: dict[str, str]) -> None:
    crisis = next(one for one in files() if one["intent"] == "crisis")
    heard = [text for text in crisis["sentences"] if understood[text] == "crisis"]
    assert len(heard) / len(crisis["sentences"]) >= LEAST_CRISES
