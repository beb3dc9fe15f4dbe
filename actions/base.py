"""What all actions share: one error boundary, the case as a value, and how a form asks, retries and gives way."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecutionRejected, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from bot.clock import today
from bot.errors import BotError
from bot.journey import forms
from bot.journey.case import Case
from bot.names import Slot
from bot.replies import Say

log = logging.getLogger(__name__)

REQUESTED = "requested_slot"


class JourneyAction(Action, ABC):
    """An action with the boundary past which Rasa would fall silent: every failure becomes one known reply."""

    @abstractmethod
    def name(self) -> str:
        """The name in ``domain.yml``."""

    @abstractmethod
    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        """Do the work, say the reply and return the events."""

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Run ``act``; on any failure say the one reply for failures and change nothing."""
        try:
            return self.act(tracker, Say(dispatcher.utter_message))
        except BotError as error:
            log.error("%s: %s", self.name(), type(error).__name__)
        except Exception as error:
            # The traceback holds source lines and no values, so nothing a person said gets into the log.
            log.error("%s crashed: %s", self.name(), type(error).__name__, exc_info=_without_values(error))
        dispatcher.messages.clear()  # never half an answer about money
        Say(dispatcher.utter_message).error_internal()
        return self.after_failure(tracker)

    def after_failure(self, tracker: Tracker) -> list[EventType]:
        """Events after a failure; a form overrides this to keep asking."""
        return []


def _without_values(error: Exception) -> tuple[type[Exception], Exception, Any]:
    """What the log needs to show where ``error`` came from, without its text, which may hold a person's words."""
    shown = RuntimeError(type(error).__name__)
    return RuntimeError, shown, error.__traceback__


def case_of(tracker: Tracker) -> Case:
    """The person's case as the tracker knows it."""
    return Case.from_slots(tracker.slots)


def asked_of(tracker: Tracker) -> str | None:
    """The slot that is being asked for; None outside a form."""
    if not (tracker.active_loop or {}).get("name"):
        return None
    return forms.asked_slot(tracker.get_slot(REQUESTED), case_of(tracker))


def turn_of(tracker: Tracker) -> dict[str, Any]:
    """What the last message did, as ``action_read_message`` left it; empty before the first message."""
    return tracker.get_slot(Slot.TURN) or {}


def is_told(tracker: Tracker) -> bool:
    """True when what was said first (``bot.journey.guard``) already answers the last message."""
    first = turn_of(tracker).get("first") or {}
    return first.get("is_all", False) or tracker.get_intent_of_latest_message() in first.get("answers", ())


def was_interrupted(tracker: Tracker, slot: str) -> bool:
    """True when ``slot`` was asked before and the last message did not answer it: a long question is not repeated."""
    turn = turn_of(tracker)
    return turn.get("asked") == slot and not turn.get("answered") and not turn.get("notes")


def handled(tracker: Tracker) -> EventType:
    """The event that says: what the last message brought has been read back."""
    return SlotSet(Slot.TURN, {**turn_of(tracker), "handled": True})


def read_back(tracker: Tracker, say: Say) -> None:
    """Read back what the last message brought, once."""
    turn = turn_of(tracker)
    if turn.get("handled"):
        return
    forms.say_notes(turn, say)


class JourneyForm(JourneyAction):
    """Validator of one stage's form: reads back, retries with help, or rejects so that a question is answered first."""

    @property
    @abstractmethod
    def stage(self) -> str:
        """The stage whose form this is; subclasses set it as a plain attribute."""

    def name(self) -> str:
        return f"validate_{self.stage}_form"

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        turn, case = turn_of(tracker), case_of(tracker)
        asked = forms.next_slot(self.stage, case)
        if turn.get("handled"):
            return [SlotSet(REQUESTED, asked)]
        forms.say_notes(turn, say)
        is_reply = str(turn.get("asked") or "").startswith(self.stage)
        if is_reply and turn["interrupts"]:
            return [handled(tracker), ActionExecutionRejected(f"{self.stage}_form")]
        misses = forms.count_misses(tracker.get_slot(Slot.MISSES), turn, is_reply)
        if is_reply and turn.get("problem"):
            case = forms.retry(turn, case, misses["count"], say, today())
            asked = forms.next_slot(self.stage, case)
        return [
            *(SlotSet(name, value) for name, value in case.changes_from(case_of(tracker)).items()),
            SlotSet(Slot.MISSES, misses),
            handled(tracker),
            SlotSet(REQUESTED, asked),
        ]

    def after_failure(self, tracker: Tracker) -> list[EventType]:
        return [handled(tracker), SlotSet(REQUESTED, forms.next_slot(self.stage, case_of(tracker)))]
