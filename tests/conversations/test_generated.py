"""Every question inside every form, and every form left for every other: generated, from the states of states.yml.

The whole set is ``make conversations-all``; otherwise a sample, drawn by a fixed seed, is held.
"""

from __future__ import annotations

import os
import random
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from conversations.runner import STATES, problems

from bot.names import FAQ, FORM_SLOTS
from bot.simulate.driver import QUESTION

SENTENCES = Path(__file__).parents[1] / "sentences"
SAMPLE = 0 if os.environ.get("GUIDE_ALL_CONVERSATIONS") else 60
SEED = 6
SURE = 0.9
TELLING = {"money", "period", "date", "rate", "cause", "document", "contact"}
KEPT = ("situation_cause", "debts", "plan_choice", *(slot for slots in FORM_SLOTS.values() for slot in slots))
"""Slots that hold what a person told us."""

WAY_IN = {
    "situation_form": "situation",
    "budget_form": "housing",
    "debts_form": "overdue",
    "plan_form": "plan",
    "documents_form": "documents",
    "contact_form": "contact",
    "record_form": "record",
}
"""A state in which each form asks."""

TOWARDS = {
    "situation_form": "/state_illness",
    "budget_form": "收入其实是4500",
    "debts_form": "还有借呗4000",
    "plan_form": "/request_plan",
    "documents_form": "/ask_documents",
    "contact_form": "/ask_contact",
    "record_form": "/record_call",
}
"""What a person says who wants to be in another form."""


def sample(cases: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """All cases, or as many as the quick run holds."""
    return random.Random(SEED).sample(cases, min(SAMPLE, len(cases))) if SAMPLE else cases


@cache
def question_text(bot: Any, intent: str) -> str:
    """The first held-out sentence that the model reads as ``intent``; the button where there is none.

    A sentence that also tells something (an amount, a time, a cause) is another matter: what it tells is kept.
    """
    path = SENTENCES / f"{intent}.yml"
    for text in yaml.safe_load(path.read_text("utf-8"))["sentences"] if path.exists() else ():
        parsed = bot.loop.run_until_complete(bot.agent.parse_message(text))
        tells = {entity["entity"] for entity in parsed["entities"]} & TELLING
        if parsed["intent"]["name"] == intent and parsed["intent"]["confidence"] > SURE and not tells:
            return str(text)
    return f"/{intent}"


def told(bot: Any, person: str) -> dict[str, Any]:
    """What the person has told so far."""
    slots = bot.tracker(person).current_slot_values()
    return {name: slots.get(name) for name in KEPT}


def check(bot: Any, person: str, said: Any) -> None:
    """What holds in every turn (runner.py)."""
    tracker = bot.tracker(person)
    slots = tracker.current_slot_values()
    assert not list(problems({}, said, slots, tracker.active_loop_name, 0)), said


def ask(bot: Any, person: str, state: str, text: str) -> None:
    """``text`` is answered in ``state``; then the same question is asked once, and nothing else has changed."""
    bot.begin(person, STATES[state])
    before = told(bot, person)
    said = bot.say(text, person)
    check(bot, person, said)
    assert [name for name in said.replies if not QUESTION.fullmatch(name)], "no answer"
    assert bot.tracker(person).get_slot("requested_slot") == STATES[state]["asks"], said
    assert told(bot, person) == before, said


@pytest.mark.model
@pytest.mark.parametrize(("state", "intent"), sample(list(product((s for s in STATES if "asks" in STATES[s]), FAQ))))
def test_a_question_as_a_button_is_answered_and_the_form_asks_again(state: str, intent: str, bot: Any) -> None:
    ask(bot, f"button {state} {intent}", state, f"/{intent}")


@pytest.mark.model
@pytest.mark.parametrize(("state", "intent"), sample(list(product(WAY_IN.values(), FAQ))))
def test_a_question_in_words_is_answered_and_the_form_asks_again(state: str, intent: str, bot: Any) -> None:
    ask(bot, f"words {state} {intent}", state, question_text(bot, intent))


@pytest.mark.model
@pytest.mark.parametrize("way", ["stay", "switch", "return"])
@pytest.mark.parametrize(("here", "there"), [(a, b) for a, b in product(WAY_IN, TOWARDS) if a != b])
def test_another_form_may_be_asked_for_and_nothing_is_lost(here: str, there: str, way: str, bot: Any) -> None:
    person = f"switch {here} {there} {way}"
    bot.begin(person, STATES[WAY_IN[here]])
    before = told(bot, person)
    check(bot, person, bot.say(TOWARDS[there], person))
    if way == "stay":
        check(bot, person, bot.say("我们到哪了", person))
    elif way == "switch":
        check(bot, person, bot.say("算了", person))
    else:
        check(bot, person, bot.say("算了", person))
        check(bot, person, bot.say("继续", person))
        assert bot.tracker(person).active_loop_name or before["contact_channel"], "the journey does not go on"
    after = told(bot, person)
    owed = {debt["product"] for debt in before["debts"] or ()}
    assert owed <= {debt["product"] for debt in after["debts"] or ()}
    for name, value in before.items():
        if value is not None and name not in ("debts", "plan_choice", "budget_income_fen", "situation_cause"):
            assert after[name] == value, name
