"""Stage situation: what happened, taken up calmly."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from actions.base import JourneyAction, JourneyForm, case_of, handled, read_back, turn_of
from actions.script import wants_next_part
from bot.knowledge.loader import catalog
from bot.names import ActionName, Slot
from bot.replies import Say


class OpenJourney(JourneyAction):
    """Hear the person out, read back what they said, and the first time say why talking to the lender is worth it."""

    def name(self) -> str:
        return ActionName.OPEN_JOURNEY

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        if wants_next_part(tracker):
            return []
        case, turn = case_of(tracker), turn_of(tracker)
        notes = turn.get("notes") or []
        is_new = tracker.get_slot(Slot.JOURNEY_NEXT) is None
        has_cause = any(note["slot"] == Slot.SITUATION_CAUSE for note in notes)
        if has_cause and case.situation_cause:
            cause = catalog().causes[case.situation_cause]
            say.situation_heard(acknowledge=cause.acknowledge_zh, advice=cause.advice_zh)
        elif tracker.get_intent_of_latest_message() != "ask_negotiation":
            say.situation_heard_unknown()
        read_back(tracker, say)
        if is_new:
            say.why_negotiate()
        return [handled(tracker), SlotSet(Slot.PENDING_OFFER, None)]


class ValidateSituationForm(JourneyForm):
    """What happened, and which products are concerned."""

    stage = "situation"
