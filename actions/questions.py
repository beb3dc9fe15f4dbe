"""Questions, answered anywhere: the answer of the question's own file, and what the person's own case adds to it."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from actions.base import JourneyAction, case_of, handled, read_back
from actions.control import in_form
from bot.clock import today
from bot.journey import agenda, plan, stories, summary, words
from bot.journey.case import Case
from bot.knowledge.lines import line
from bot.names import FAQ, ActionName, Slot
from bot.replies import Say


def _order(case: Case) -> str:
    """In which order to pay the person's own debts; empty before they and the budget are known."""
    if len(case.debts) < 2 or agenda.STAGES.index(agenda.next_stage(case)) < agenda.STAGES.index("plan"):
        return ""
    return words.order(plan.propose(case, today()))


class AnswerQuestion(JourneyAction):
    """Answer the question; outside a form, offer to begin or to go on."""

    def name(self) -> str:
        return ActionName.ANSWER_QUESTION

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        intent, case = tracker.get_intent_of_latest_message(), case_of(tracker)
        read_back(tracker, say)
        say.reply(FAQ[str(intent)])
        if intent == "ask_success_stories":
            say.story(story=stories.tell(case.situation_cause))
        if intent == "ask_documents" and case.situation_cause and not in_form(tracker):
            say.documents_list(documents=summary.documents(case))
        if intent == "ask_debt_priority" and (order := _order(case)):
            say.plan_order(order=order)
        if in_form(tracker):
            return [handled(tracker)]
        title = line("buttons.go_on" if case.has_begun else "buttons.start")
        say.question_offer(buttons=[{"title": title, "payload": "/ask_negotiation"}])
        return [handled(tracker), SlotSet(Slot.PENDING_OFFER, "start")]
