"""Stage debts: each product, one question at a time."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType

from actions.base import JourneyAction, JourneyForm, case_of
from bot.journey import render, summary
from bot.journey.cards import debts
from bot.knowledge.loader import catalog
from bot.money import yuan
from bot.names import ActionName
from bot.replies import Say


class ValidateDebtsForm(JourneyForm):
    """How much is owed on each product, since when, and when it is due."""

    stage = "debts"


def _asked_about(tracker: Tracker) -> str:
    """The product of the debt that is being asked about."""
    debt = case_of(tracker).open_debt
    return debt.product if debt else case_of(tracker).debts[-1].product


class AskBalance(JourneyAction):
    """How much is owed in all, and where to see it."""

    def name(self) -> str:
        return ActionName.ASK_DEBTS_FORM_DEBTS_BALANCE_FEN

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        product = catalog().products[_asked_about(tracker)]
        say.debts_ask_balance(product=product.label_zh, where=product.where_zh)
        return []


class AskOverdue(JourneyAction):
    """Whether it is overdue, and for how long."""

    def name(self) -> str:
        return ActionName.ASK_DEBTS_FORM_DEBTS_OVERDUE_DAYS

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        say.debts_ask_overdue(product=render.product_label(_asked_about(tracker)))
        return []


class AskDueDay(JourneyAction):
    """On which day of the month it is due."""

    def name(self) -> str:
        return ActionName.ASK_DEBTS_FORM_DEBTS_DUE_DAY

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        say.debts_ask_due_day(product=render.product_label(_asked_about(tracker)))
        return []


class ShowDebts(JourneyAction):
    """All debts in a list with their sum."""

    def name(self) -> str:
        return ActionName.SHOW_DEBTS

    def act(self, tracker: Tracker, say: Say) -> list[EventType]:
        case = case_of(tracker)
        if not case.debts:  # the only one was taken out; which there are is asked next
            return []
        say.showing(debts.card(case)).debts_shown(debts=summary.debts(case), total=yuan(case.owed_fen))
        return []
