"""Stage coach: answers to refusals. The words for the call are in ``script.py``, practising it in ``rehearsal.py``."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet

from actions.base import JourneyAction, case_of, handled, is_told, read_back, turn_of
from bot.coaching import refusals
from bot.names import ActionName, Form, Slot
from bot.replies import Say


class AnswerRefusal(JourneyAction):
    """What to answer to the refusal that was quoted; then an offer to write it down."""

    def name(self) -> str:
        return ActionName.ANSWER_REFUSAL

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        if is_told(tracker):
            return [handled(tracker)]
        case = case_of(tracker)
        if case.record_outcome == "pending" and not turn_of(tracker).get("asked"):  # 没答应，说三天内回复
            say.record_open()
            read_back(tracker, say)
            channel = SlotSet(Slot.RECORD_CHANNEL, case.record_channel or case.contact_channel)
            return [handled(tracker), channel, FollowupAction(Form.RECORD_FORM)]
        refusal = refusals.find(str(tracker.latest_message.get("text") or ""))
        if refusal is None:
            say.refusal_general()
        else:
            say.refusal_answer(
                they_say=refusal.they_say[0],
                answer=refusal.answer_zh,
                why=refusal.why_zh,
                escalate=refusal.escalate_zh,
            )
        if turn_of(tracker).get("asked"):
            return [handled(tracker)]
        say.refusal_record()
        return [handled(tracker), SlotSet(Slot.PENDING_OFFER, "record")]
