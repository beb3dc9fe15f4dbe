"""From a message as Rasa hands it over to the slots it changes."""

from __future__ import annotations

import json
from typing import Any

from builders import NEW, OWED, READY, TODAY, heard
from hypothesis import given, settings

from bot.journey.case import Case
from bot.journey.intake import LONGEST, take_in

from .test_turn import situations


def latest(text: str, intent: str | None = None, number: str = "m1") -> dict[str, Any]:
    """A message as it stands in the tracker: the text as typed, the entities as found."""
    message = heard(text[:LONGEST], intent)
    return {
        "text": text,
        "message_id": number,
        "intent": {"name": intent, "confidence": 0.9},
        "entities": [mention.as_entity() for mention in message.mentions],
    }


def taken(text: str, case: Case = NEW, asked: str | None = None, intent: str | None = None, **slots: Any) -> Any:
    """What is taken in from ``text``."""
    return take_in(latest(text, intent), {**case.as_slots(), **slots}, asked, TODAY)


def test_only_what_changed_is_set() -> None:
    changed = taken("4000", asked="budget_income_fen")

    assert changed.keys() == {"budget_income_fen", "turn", "last_note"}
    assert changed["budget_income_fen"] == 400_000
    assert changed["last_note"] == {"slot": "budget_income_fen", "product": None}


def test_the_turn_tells_what_was_asked_and_what_was_noted() -> None:
    turn = taken("4000", asked="budget_income_fen")["turn"]

    assert (turn["id"], turn["asked"], turn["answered"], turn["handled"]) == ("m1", "budget_income_fen", True, False)
    assert [note["slot"] for note in turn["notes"]] == ["budget_income_fen"]


def test_a_message_is_read_once() -> None:
    first = taken("4000", asked="budget_income_fen")
    assert taken("4000", asked="budget_income_fen", turn=first["turn"]) == {}


def test_the_next_message_is_read_although_it_says_the_same() -> None:
    first = taken("4000", asked="budget_income_fen")
    again = take_in(latest("4000", number="m2"), {"turn": first["turn"]}, "budget_housing_fen", TODAY)
    assert again["budget_housing_fen"] == 400_000


def test_a_vague_amount_keeps_its_bounds() -> None:
    turn = taken("三四千", asked="budget_income_fen")["turn"]
    assert (turn["problem"], turn["range"]) == ("vague", [300_000, 400_000])


def test_too_many_instalments_keep_the_limit() -> None:
    turn = taken("分80期呢", OWED, "plan_choice")["turn"]
    assert (turn["problem"], turn["most"]) == ("too_many_periods", 60)


def test_a_plan_that_is_opened_again_is_told() -> None:
    changed = taken("收入改成5000", READY, None, "correct_answer")
    assert changed["plan_choice"] is None
    assert changed["turn"]["reopened"]


def test_an_empty_and_a_long_message_are_marked() -> None:
    assert taken("  ")["turn"]["is_empty"]
    assert not taken("你好")["turn"]["is_empty"]
    assert taken("欠" * (LONGEST + 1))["turn"]["is_long"]
    assert not taken("欠" * LONGEST)["turn"]["is_long"]


def test_a_message_without_any_parts_does_no_harm() -> None:
    assert take_in({}, {}, None, TODAY)["turn"]["is_empty"]
    assert take_in({"text": None, "intent": None, "entities": None}, {}, "budget_income_fen", TODAY)["turn"]["problem"]


@settings(max_examples=400, deadline=None)
@given(situations())
def test_taking_in_never_fails_and_gives_plain_json(
    situation: tuple[str, Case, str | None, str | None],
) -> None:
    text, case, asked, intent = situation

    changed = take_in(latest(text, intent), case.as_slots(), asked, TODAY)

    assert json.dumps(changed)
    assert changed["turn"]["asked"] == asked
