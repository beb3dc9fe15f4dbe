"""Stage guard: what is said before anything else, in every stage and whatever the message was taken for."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from actions.base import JourneyAction, turn_of
from bot.bootstrap import retention_days, withdraw
from bot.journey import consent, guard
from bot.names import ActionName, Slot
from bot.replies import Say


class SayFirst(JourneyAction):
    """Say what the first look at the message found (``bot.journey.guard``), once.

    Rasa runs an action of this name after each message has been read and before it predicts what comes next. Of what
    an action says while the slots are being filled, only what this one says is delivered.
    """

    def name(self) -> str:
        return ActionName.VALIDATE_SLOT_MAPPINGS

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        turn = turn_of(tracker)
        first, passed = turn.get("first") or {}, turn.get("passed") or ()
        says, notice = bool(first) and not first.get("is_said"), bool(turn.get("notice"))
        if not (says or passed or notice):
            return []
        if passed:
            say.time_passed(rows="\n".join(passed))
        if says:
            if first.get("consent") == consent.WITHDRAWN:
                withdraw(tracker.sender_id)
            guard.say_first(first, say)
            first = {**first, "is_said": True}
        if notice:
            say.privacy_notice(days=str(retention_days()))
        return [SlotSet(Slot.TURN, {**turn, "first": first or None, "passed": [], "notice": False})]
