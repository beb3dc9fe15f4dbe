"""Stage plan: what can be kept, side by side, and where to stop."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from actions.base import JourneyAction, JourneyForm, case_of, handled, read_back, turn_of, was_interrupted
from bot.clock import today
from bot.journey import agenda, plan, words
from bot.journey.cards import ladder
from bot.journey.cards import plan as cards
from bot.journey.case import Case
from bot.knowledge.lines import line
from bot.money import yuan
from bot.names import ActionName, Intent, Slot
from bot.replies import Say


class ValidatePlanForm(JourneyForm):
    """Which offer to ask the lender for, or another number to compute with."""

    stage = "plan"


class AskPlanChoice(JourneyAction):
    """The offers side by side with the ladder; a what-if beside them; a pause where nothing can be paid."""

    def name(self) -> str:
        return ActionName.ASK_PLAN_FORM_PLAN_CHOICE

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        case = case_of(tracker)
        proposal = plan.propose(case, today())
        wished = proposal.wished if _is_what_if(tracker) else None
        if wished:
            say.showing(cards.what_if(case, proposal, wished)).plan_what_if(wished=words.wished(proposal))
            if verdict := words.verdict(proposal, case):
                say.plan_what_if_verdict(verdict=verdict)
        is_asked_again = wished is not None or _is_asked_again(tracker)
        is_pause = proposal.capacity_fen == 0 and len(proposal.offers) == 1
        if is_pause and is_asked_again:
            say.plan_pause_again()
        elif is_pause or (proposal.capacity_fen == 0 and not is_asked_again):
            say.plan_pause(reason=words.nothing_left(proposal))
            say.showing(cards.pause(proposal)).plan_pause_offer(offer=words.pause(proposal))
            say.plan_pause_choose()
        elif wished:
            say.plan_what_if_choose(
                others=words.others(proposal), limit=words.limit(proposal), buttons=_buttons(proposal)
            )
        elif is_asked_again:
            say.plan_ask_again(buttons=_buttons(proposal))
        else:
            self._offer(case, proposal, say)
        return []

    def _offer(self, case: Case, proposal: plan.Proposal, say: Say) -> None:
        notes = words.notes(case, proposal)
        say.showing(cards.card(case, proposal)).plan_offers(offers=words.offers(proposal), notes=notes)
        if lenders := words.lenders(proposal):
            say.plan_lenders(lenders=lenders)
        say.showing(ladder.card(proposal)).plan_ladder(ladder=words.ladder(proposal))
        say.plan_choose(buttons=_buttons(proposal))


def _buttons(proposal: plan.Proposal) -> list[dict[str, str]]:
    return [
        {"title": line("buttons.choose", number=number), "payload": str(number)}
        for number in range(1, len(proposal.offers) + 1)
    ]


def _is_what_if(tracker: Tracker) -> bool:
    """True when the last message asked for another number while the offers were on the table."""
    turn = turn_of(tracker)
    return turn.get("asked") == Slot.PLAN_CHOICE and bool(turn.get("answered")) and not turn.get("notes")


def _is_asked_again(tracker: Tracker) -> bool:
    """True when the offers were shown and the last message was about something else; who asks for them sees them."""
    is_asked_for = (
        tracker.get_intent_of_latest_message() == Intent.REQUEST_PLAN and turn_of(tracker).get("problem") == "no_choice"
    )
    return was_interrupted(tracker, Slot.PLAN_CHOICE) and not is_asked_for


class ConfirmPlan(JourneyAction):
    """The plan that was chosen, what it means for each lender, and the limit."""

    def name(self) -> str:
        return ActionName.CONFIRM_PLAN

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        case = case_of(tracker)
        if case.plan_choice is None:  # left to ask about a debt that came up meanwhile
            return []
        confirm(case, case.plan_choice, say)
        return []


def confirm(case: Case, choice: Mapping[str, Any], say: Say) -> None:
    """Say what was chosen, what it means for each lender, and the limit."""
    offer, proposal = str(choice["words"]), plan.propose(case, today())
    if choice["kind"] == "pause":
        say.plan_chosen_pause(offer=offer)
    elif proposal.capacity_fen == 0:
        say.plan_chosen_if(offer=offer)
    else:
        say.plan_chosen(offer=offer, limit=words.limit(proposal))
        if plan.is_beyond(choice, proposal):
            say.plan_chosen_over(capacity=yuan(proposal.capacity_fen))
        if parts := words.parts(plan.parts(case, today())):
            say.plan_chosen_parts(parts=parts)


class WorkOutPlan(JourneyAction):
    """Somebody asks for a plan, or for another number: the plan is opened again, or what is missing is asked."""

    def name(self) -> str:
        return ActionName.WORK_OUT_PLAN

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        case = case_of(tracker)
        read_back(tracker, say)
        if case.plan_choice and turn_of(tracker).get("chosen"):  # a card's button, pressed in a later stage
            confirm(case, case.plan_choice, say)
            return [handled(tracker)]
        if agenda.STAGES.index(agenda.next_stage(case)) < agenda.STAGES.index("plan"):
            say.plan_missing()
        return [handled(tracker), SlotSet(Slot.PLAN_CHOICE, None)]
