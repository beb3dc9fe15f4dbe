"""Questions, answered anywhere: the answer of the question's own file, fitted to what the person said."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet

from actions.base import JourneyAction, case_of, handled, is_told, read_back, turn_of
from actions.control import in_form
from bot.clock import today
from bot.journey import consent, questions
from bot.knowledge.lines import line
from bot.names import ActionName, Slot
from bot.replies import Say


class AnswerQuestion(JourneyAction):
    """Answer the question and offer the details; outside a form, offer to begin or to go on as well."""

    def name(self) -> str:
        return ActionName.ANSWER_QUESTION

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        intent, case = str(tracker.get_intent_of_latest_message()), case_of(tracker)
        if wish := (turn_of(tracker).get("first") or {}).get("consent"):
            held_back = tracker.get_slot(Slot.PENDING_OFFER) == consent.KEEP and wish == consent.GIVEN
            return [handled(tracker), *([FollowupAction(ActionName.SAVE_RECORD)] if held_back else [])]
        read_back(tracker, say)
        answer = questions.answer(intent, questions.spoken(tracker.latest_message), case, today())
        more = [{"title": line("buttons.details"), "payload": line("buttons.details_words")}]
        told = () if is_told(tracker) else answer.said  # a warning that was said first may be the answer
        for number, (response, values) in enumerate(told, start=1):
            is_last = in_form(tracker) and number == len(told)
            say.reply(response, more if is_last else (), **values)
        events = [handled(tracker), SlotSet(Slot.LAST_QUESTION, answer.question)]
        if in_form(tracker):
            return events
        title = line("buttons.go_on" if case.has_begun else "buttons.start")
        say.question_offer(buttons=[*more, {"title": title, "payload": "/ask_negotiation"}])
        return [*events, SlotSet(Slot.PENDING_OFFER, "start")]
