"""The action that speaks first, and the actions that keep silent when it has said it all."""

from __future__ import annotations

from typing import Any

import pytest
from unit.actions.test_base import run, slots, tracker

from actions.coach import AnswerRefusal
from actions.guard import SayFirst
from actions.questions import AnswerQuestion
from actions.unclear import Fallback
from bot.journey.case import Case

FIRST = {"alerts": ["deposit"], "answers": ["ask_agent_scam"], "papers": [], "secrets": [], "script": None}


def on(intent: str, is_all: bool = False, form: str | None = None, **turn: Any) -> Any:
    """A conversation in which the warning about deposits was due."""
    given = tracker(Case(), form, turn={"notes": [], "first": {**FIRST, "is_all": is_all, "is_said": True}, **turn})
    given.latest_message["intent_ranking"] = [{"name": intent, "confidence": 0.9}]
    return given


def test_a_warning_is_said_once_per_message() -> None:
    given = tracker(turn={"notes": [], "first": {**FIRST, "is_all": False}})

    replies, events = run(SayFirst(), given)
    assert replies == ["utter_alert"]

    replies, events = run(SayFirst(), tracker(turn=slots(events)["turn"]))
    assert (replies, events) == ([], [])


@pytest.mark.parametrize("turn", [None, {"notes": []}, {"notes": [], "first": None}, {"handled": True}])
def test_without_a_warning_nothing_is_said(turn: Any) -> None:
    assert run(SayFirst(), tracker(turn=turn)) == ([], [])


def test_the_answer_that_says_the_same_is_left_out() -> None:
    assert run(AnswerQuestion(), on("ask_agent_scam"))[0] == ["utter_question_offer"]


def test_another_answer_is_given_after_the_warning() -> None:
    assert run(AnswerQuestion(), on("ask_cost"))[0] == ["utter_faq_ask_cost", "utter_question_offer"]


def test_no_answer_is_guessed_when_the_warning_was_all() -> None:
    assert run(AnswerQuestion(), on("ask_cost", is_all=True))[0] == ["utter_question_offer"]
    assert run(AnswerRefusal(), on("report_refusal", is_all=True))[0] == []


def test_a_warning_is_not_followed_by_not_having_understood() -> None:
    assert run(Fallback(), on("nlu_fallback"))[0] == []
    assert run(Fallback(), on("nlu_fallback", form="budget_form", about_debt=True))[0] == []


def test_a_story_about_debts_opens_the_journey_after_the_warning() -> None:
    assert run(Fallback(), on("nlu_fallback", about_debt=True))[0] == ["utter_situation_heard_unknown"]
