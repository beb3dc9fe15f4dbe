"""Stage safety: a person in danger comes before everything else."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet

from actions.base import JourneyAction, case_of, handled, is_told
from actions.control import LEAVE_FORM, delete, restart
from bot.clock import today
from bot.journey import care, intake, questions
from bot.names import ActionName, Form, Slot
from bot.replies import Say

SETTLED = {"delete": delete, "restart": restart}
"""What the person may ask for at any time, and is asked about once more."""


class Crisis(JourneyAction):
    """Stop the form, say where help is, talk of nothing else; the next time in other words."""

    def name(self) -> str:
        return ActionName.CRISIS

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        reply = care.crisis_reply(str(tracker.latest_message.get("crisis_kind")), said(tracker))
        reply(say)
        form = (tracker.active_loop or {}).get("name")
        paused = [SlotSet(Slot.PAUSED_FORM, form)] if form else []
        if played := tracker.get_slot(Slot.PRACTICE):  # nobody plays on after this
            paused.append(SlotSet(Slot.PRACTICE, {**played, "is_on": False}))
        paused.append(SlotSet(Slot.LIVE, None))
        return [*LEAVE_FORM, handled(tracker), *paused, remembered(tracker, reply), SlotSet(Slot.PENDING_OFFER, None)]


class Care(JourneyAction):
    """After a crisis: gentle answers, and the form again only when the person asks for it."""

    def name(self) -> str:
        return ActionName.CARE

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        intent = tracker.get_intent_of_latest_message()
        asked = tracker.get_slot(Slot.PENDING_OFFER)
        if asked in SETTLED and intent == "affirm":
            return SETTLED[asked](tracker, say)
        meaning = care.answer(intake.message_of(tracker.latest_message))
        if meaning == "go_on":
            say.care_go_on()
            return [handled(tracker), *go_on(tracker)]
        if meaning == "question":
            answer = questions.answer(str(intent), questions.spoken(tracker.latest_message), case_of(tracker), today())
            for response, values in () if is_told(tracker) else answer.said:
                say.reply(response, (), **values)
            say.care_answered()
            return [handled(tracker)]
        reply = care.gentle_reply(meaning, said(tracker))
        reply(say)
        return [handled(tracker), remembered(tracker, reply)]


def said(tracker: Tracker) -> list[str]:
    """The names of what was said in crises and after them, the last one last."""
    return list(tracker.get_slot(Slot.CRISES) or ())


def remembered(tracker: Tracker, reply: care.Reply) -> EventType:
    """The event that adds ``reply`` to them."""
    return SlotSet(Slot.CRISES, [*said(tracker), reply.__name__][-care.KEPT :])


def go_on(tracker: Tracker) -> list[EventType]:
    """Events that take up what the crisis interrupted."""
    is_record = tracker.get_slot(Slot.PAUSED_FORM) == Form.RECORD_FORM
    resumed = Form.RECORD_FORM if is_record else ActionName.CONTINUE_JOURNEY
    return [SlotSet(Slot.CARE, None), SlotSet(Slot.PAUSED_FORM, None), FollowupAction(resumed)]
