"""Stage plan: what can be kept, side by side, and where to stop."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from actions.base import JourneyAction, JourneyForm, case_of, handled, read_back, was_interrupted
from bot.clock import today
from bot.journey import agenda, plan, words
from bot.knowledge.lines import line
from bot.money import yuan
from bot.names import ActionName, Slot
from bot.replies import Say


class ValidatePlanForm(JourneyForm):
    """Which offer to ask the lender for, or another number to compute with."""

    stage = "plan"


class AskPlanChoice(JourneyAction):
    """The offers side by side with the ladder; a pause where nothing can be paid."""

    def name(self) -> str:
        return ActionName.ASK_PLAN_FORM_PLAN_CHOICE

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        proposal = plan.propose(case_of(tracker), today())
        if proposal.capacity_fen == 0:
            say.plan_pause(surplus=yuan(proposal.surplus_fen), offers=words.offers(proposal))
            return []
        buttons = [
            {"title": line("buttons.choose", number=number), "payload": str(number)}
            for number in range(1, len(proposal.offers) + 1)
        ]
        if was_interrupted(tracker, Slot.PLAN_CHOICE):
            say.plan_ask_again(buttons=buttons)
        else:
            say.plan_offers(
                offers=words.offers(proposal),
                ladder=words.ladder(proposal),
                notes=words.notes(proposal),
                buttons=buttons,
            )
        return []


class ConfirmPlan(JourneyAction):
    """The plan that was chosen, with what is still fine and the limit."""

    def name(self) -> str:
        return ActionName.CONFIRM_PLAN

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        case = case_of(tracker)
        if case.plan_choice is None:  # left to ask about a debt that came up meanwhile
            return []
        offer, proposal = str((case.plan_choice or {}).get("words", "")), plan.propose(case, today())
        if proposal.capacity_fen == 0:
            say.plan_chosen_pause(offer=offer)
        else:
            say.plan_chosen(offer=offer, limit=words.limit(proposal))
        return []


class WorkOutPlan(JourneyAction):
    """Somebody asks for a plan, or for another number: the plan is opened again, or what is missing is asked."""

    def name(self) -> str:
        return ActionName.WORK_OUT_PLAN

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        case = case_of(tracker)
        read_back(tracker, say)
        if agenda.STAGES.index(agenda.next_stage(case)) < agenda.STAGES.index("plan"):
            say.plan_missing()
        return [handled(tracker), SlotSet(Slot.PLAN_CHOICE, None)]
