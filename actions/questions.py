"""Questions, answered anywhere: the answer of the question's own file, and what the person's own case adds to it."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from actions.base import JourneyAction, case_of, handled, is_told, read_back
from actions.control import in_form
from bot.journey import stories, summary
from bot.knowledge.lines import line
from bot.names import FAQ, ActionName, Slot
from bot.replies import Say


class AnswerQuestion(JourneyAction):
    """Answer the question; outside a form, offer to begin or to go on."""

    def name(self) -> str:
        return ActionName.ANSWER_QUESTION

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        intent, case = tracker.get_intent_of_latest_message(), case_of(tracker)
        read_back(tracker, say)
        if not is_told(tracker):
            say.reply(FAQ[str(intent)])
        if intent == "ask_success_stories":
            say.story(story=stories.tell(case.situation_cause))
        if intent == "ask_documents" and case.situation_cause and not in_form(tracker):
            say.documents_list(documents=summary.documents(case))
        if in_form(tracker):
            return [handled(tracker)]
        title = line("buttons.go_on" if case.has_begun else "buttons.start")
        say.question_offer(buttons=[{"title": title, "payload": "/ask_negotiation"}])
        return [handled(tracker), SlotSet(Slot.PENDING_OFFER, "start")]
