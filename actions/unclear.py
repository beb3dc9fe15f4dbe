"""Stage control: what was not understood, is not ours, or may mean two things."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet

from actions.base import JourneyAction, handled, read_back, turn_of
from actions.control import go_on, in_form
from bot.journey import render
from bot.journey.close import close_intents
from bot.knowledge.lines import line
from bot.names import ActionName, Slot
from bot.replies import Say

MOST_ALIKE = 2
"""So often in a row the same words say that something is not ours; then the menu and a person are named."""


class AskWhich(JourneyAction):
    """Two meanings are close: ask with two buttons. Started by the policy ``AskBack``, not by a rule."""

    def name(self) -> str:
        return ActionName.ASK_WHICH

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        read_back(tracker, say)
        meanings = close_intents(tracker.latest_message["intent_ranking"]) or ()
        say.ask_which(buttons=[{"title": line(f"intent.{name}"), "payload": f"/{name}"} for name in meanings])
        return [handled(tracker)]


def _ask_about(product: str, say: Say) -> None:
    """A product's name and nothing else: what is it about?"""
    label = render.product_label(product)
    cannot = {
        "title": line("buttons.cannot_pay", product=label),
        "payload": line("buttons.cannot_pay_words", product=label),
    }
    late = {"title": line("buttons.late"), "payload": "/ask_overdue_consequence"}
    say.product_alone(product=label, buttons=[cannot, late, {"title": line("buttons.dear"), "payload": "/ask_cost"}])


class Fallback(JourneyAction):
    """Something that was not understood, or is not ours to answer; the second time in a row a person is named."""

    def name(self) -> str:
        return ActionName.FALLBACK

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        if tracker.get_slot(Slot.CARE):  # a guess that no rule of the time after a crisis knows
            say.care_here()
            return [handled(tracker)]
        turn = turn_of(tracker)
        misses = tracker.get_slot(Slot.MISSES) or {}
        count = misses.get("count", 0) + 1 if misses.get("slot") == ActionName.FALLBACK else 1
        read_back(tracker, say)
        opens = turn.get("about_debt") and not in_form(tracker)
        if turn.get("first") and not (turn.get("notes") or opens):
            return [handled(tracker)]  # what was said first is the answer
        if turn.get("is_empty"):
            say.empty()
        elif count > MOST_ALIKE:
            say.not_understood_again()
        elif turn.get("is_number") and not in_form(tracker):
            say.number_alone()
        elif turn.get("has_no_words"):
            say.no_words()
        elif turn.get("is_long"):
            say.too_long()
        elif turn.get("notes"):
            return [handled(tracker), *go_on(tracker)]
        elif opens:
            say.situation_heard_unknown()
            return [handled(tracker), FollowupAction(ActionName.CONTINUE_JOURNEY)]
        elif turn.get("product_alone") and not in_form(tracker):
            _ask_about(str(turn["product_alone"]), say)
        elif tracker.get_intent_of_latest_message() == "out_of_scope":
            say.out_of_scope()
        elif count > 1:
            say.not_understood_again()
        else:
            say.not_understood()
        return [handled(tracker), SlotSet(Slot.MISSES, {"slot": ActionName.FALLBACK, "count": count})]
