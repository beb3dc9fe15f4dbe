"""Stage safety: a person in danger comes before everything else."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from actions.base import JourneyAction, handled
from actions.control import LEAVE_FORM
from bot.names import ActionName, Slot
from bot.replies import Say


class Crisis(JourneyAction):
    """Stop the form, say where help is, talk of nothing else; the second time in other words."""

    def name(self) -> str:
        return ActionName.CRISIS

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        times = tracker.get_slot(Slot.CRISES) or 0
        (say.crisis_again if times else say.crisis)()
        return [*LEAVE_FORM, handled(tracker), SlotSet(Slot.CRISES, times + 1), SlotSet(Slot.PENDING_OFFER, "go_on")]
