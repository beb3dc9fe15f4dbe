"""The one error boundary, and how a form asks, retries and gives way."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from builders import NEW, OWED
from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import base
from actions.base import JourneyAction, JourneyForm
from actions.budget import ValidateBudgetForm
from actions.control import Greet
from bot.errors import RecordError
from bot.journey.case import Case
from bot.replies import Say

SECRET = "13800001111"


def fails_with(monkeypatch: pytest.MonkeyPatch, action: type[JourneyAction], error: BaseException) -> JourneyAction:
    """``action``, which says half an answer and fails.

    A class of our own would do, but the SDK registers every subclass of ``Action`` in the process, the tests' too.
    """

    def act(self: JourneyAction, tracker: Tracker, say: Say) -> list[EventType]:
        say.plan_missing()
        raise error

    monkeypatch.setattr(action, "act", act)
    return action()


def tracker(case: Case = NEW, form: str | None = None, **slots: Any) -> Tracker:
    """A conversation with this case."""
    known = {**case.as_slots(), "requested_slot": None, "turn": None, "misses": None, **slots}
    message = {"text": f"我的电话是{SECRET}", "intent": {"name": "deny"}}
    return Tracker("one", known, message, [], False, None, {"name": form} if form else {}, "action_listen")


def run(action: JourneyAction, on: Tracker) -> tuple[list[str], list[EventType]]:
    """The names of the replies and the events."""
    dispatcher = CollectingDispatcher()
    events = action.run(dispatcher, on, {})
    return [message["response"] for message in dispatcher.messages], events


def turn(asked: str | None, problem: str | None = None, interrupts: bool = False, **more: Any) -> dict[str, Any]:
    """A turn as ``action_read_message`` leaves it."""
    return {"asked": asked, "problem": problem, "interrupts": interrupts, "notes": [], "answered": False, **more}


def slots(events: list[EventType]) -> dict[str, Any]:
    """The slots that the events set."""
    return {event["name"]: event["value"] for event in events if event["event"] == "slot"}


ERRORS = [RecordError("OperationalError"), ZeroDivisionError(f"{SECRET} / 0"), KeyError(SECRET), RuntimeError()]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_a_failure_becomes_one_reply_and_drops_half_an_answer(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(fails_with(monkeypatch, Greet, error), tracker(OWED)) == (["utter_error_internal"], [])


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_a_failure_is_logged_without_a_word_of_the_person(
    error: Exception, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    with caplog.at_level(logging.DEBUG):
        run(fails_with(monkeypatch, Greet, error), tracker(OWED))

    assert "action_greet" in caplog.text
    assert type(error).__name__ in caplog.text
    assert SECRET not in caplog.text


def test_a_crash_is_logged_with_the_place_it_came_from(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(fails_with(monkeypatch, Greet, ZeroDivisionError()), tracker())
    assert "raise error" in caplog.text


def test_a_crash_caused_by_another_error_tells_nothing_of_that_one_either(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = ValueError("x")
    error.__cause__ = KeyError(SECRET)
    run(fails_with(monkeypatch, Greet, error), tracker())
    assert SECRET not in caplog.text


def test_what_stops_the_program_is_not_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(fails_with(monkeypatch, Greet, KeyboardInterrupt()), tracker())


def test_a_form_that_fails_asks_its_question_again(monkeypatch: pytest.MonkeyPatch) -> None:
    replies, events = run(
        fails_with(monkeypatch, ValidateBudgetForm, ZeroDivisionError()),
        tracker(OWED.with_slot("budget_other_fen", None), "budget_form"),
    )

    assert replies == ["utter_error_internal"]
    assert slots(events)["requested_slot"] == "budget_other_fen"
    assert slots(events)["turn"]["handled"]


def test_a_form_asks_what_is_missing() -> None:
    replies, events = run(
        ValidateBudgetForm(), tracker(Case(budget_income_fen=0), turn=turn("budget_income_fen", answered=True))
    )
    assert slots(events)["requested_slot"] == "budget_housing_fen"
    assert replies == []


def test_a_form_that_is_complete_asks_nothing_more() -> None:
    _, events = run(ValidateBudgetForm(), tracker(OWED, turn=turn("budget_other_fen", answered=True)))
    assert slots(events)["requested_slot"] is None


def test_what_was_taken_in_is_read_back_once() -> None:
    note = {"slot": "budget_income_fen", "value": 0, "product": None, "before": None}
    first = turn("budget_income_fen", notes=[note])

    replies, events = run(ValidateBudgetForm(), tracker(Case(budget_income_fen=0), turn=first))
    assert replies == ["utter_noted"]

    replies, _ = run(ValidateBudgetForm(), tracker(Case(budget_income_fen=0), turn=slots(events)["turn"]))
    assert replies == []


def test_a_form_gives_way_to_what_interrupts() -> None:
    replies, events = run(ValidateBudgetForm(), tracker(NEW, turn=turn("budget_income_fen", interrupts=True)))

    assert replies == []
    assert [event["event"] for event in events] == ["slot", "action_execution_rejected"]
    assert events[1]["name"] == "budget_form"


def test_an_interruption_of_another_form_is_none_of_this_one() -> None:
    _, events = run(ValidateBudgetForm(), tracker(NEW, turn=turn("situation_cause", interrupts=True)))
    assert slots(events)["requested_slot"] == "budget_income_fen"


def test_an_answer_that_will_not_do_is_asked_for_again_and_counted() -> None:
    missed = turn("budget_income_fen", "not_a_number")

    replies, events = run(ValidateBudgetForm(), tracker(NEW, turn=missed))
    assert replies == ["utter_retry_not_a_number"]
    assert slots(events)["misses"] == {"slot": "budget_income_fen", "count": 1}

    replies, events = run(ValidateBudgetForm(), tracker(NEW, turn=missed, misses=slots(events)["misses"]))
    assert replies == ["utter_retry_not_a_number", "utter_hint_budget_income_fen"]


def test_not_knowing_twice_takes_the_cautious_default() -> None:
    case = Case(budget_income_fen=100)
    on = tracker(case, turn=turn("budget_housing_fen", "unknown"), misses={"slot": "budget_housing_fen", "count": 1})

    _, events = run(ValidateBudgetForm(), on)

    assert slots(events)["budget_housing_fen"] == 0
    assert slots(events)["requested_slot"] == "budget_living_fen"


def test_a_long_question_is_not_repeated_after_an_interruption() -> None:
    assert base.was_interrupted(tracker(turn=turn("plan_choice")), "plan_choice")
    assert not base.was_interrupted(tracker(turn=turn("plan_choice", answered=True)), "plan_choice")
    assert not base.was_interrupted(tracker(), "plan_choice")


def test_a_message_is_marked_as_read_back() -> None:
    assert base.handled(tracker(turn=turn("plan_choice"))) == SlotSet("turn", {**turn("plan_choice"), "handled": True})


def test_the_bases_are_no_actions_themselves() -> None:
    import inspect

    assert inspect.isabstract(JourneyAction)
    assert inspect.isabstract(JourneyForm)
