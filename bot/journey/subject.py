"""What a question is about: the debt, the amounts and the times, from the message first and then from the case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.journey.binding import Bound, bind
from bot.journey.case import Case, Debt
from bot.journey.turn import Message
from bot.knowledge.loader import catalog

NOT_OWED = ("monthly_offer", "lump_sum", "extra", "penalty")
"""Fields whose amounts, named first, are what somebody could pay or what lateness costs, not what they owe."""
COUNTS_DAYS = ("ask_cost", "ask_overdue_consequence")
"""Questions in which days are days overdue even where no word says so."""
ABOUT_LATENESS = (*COUNTS_DAYS, "ask_waiver", "ask_credit_impact", "ask_collection", "ask_lawsuit")
"""Questions about the debt that is overdue, where only one is."""
DAYS = {"days": 1, "months": 30}
USUAL = "huabei"
"""Computed with where the person names an amount and no product, and has told us of no debt. Say so in the text."""


@dataclass(frozen=True)
class Subject:
    """What the question is about; None is "not known"."""

    product: str | None
    """Catalogue id, named in the message or the only debt of the case."""
    principal_fen: int | None = None
    overdue_days: int | None = None
    due_day: int | None = None
    daily_rate: str | None = None
    """As the person read it off the app, a decimal string."""
    periods: int | None = None
    """Instalments asked about."""
    part_fen: int | None = None
    """A smaller amount that might be paid now."""

    @property
    def counted_as(self) -> str | None:
        """The product whose rules are computed with."""
        return self.product or (USUAL if self.principal_fen is not None else None)


def subject_of(intent: str, message: Message, case: Case) -> Subject:
    """The subject of a question that means ``intent``."""
    named = [str(one) for one in message.values("product") if one in catalog().products]
    debt = _debt(intent, named, case)
    amounts = _amounts(intent, bind(message.text, message.mentions))
    owed, part = _split(intent, amounts, debt)
    return Subject(
        product=named[0] if named else debt.product if debt else None,
        principal_fen=owed if owed is not None else debt.balance_fen if debt else None,
        overdue_days=_overdue(intent, message, debt),
        due_day=debt.due_day if debt else None,
        daily_rate=_rate(message) or (debt.daily_rate if debt else None),
        periods=_periods(message),
        part_fen=part,
    )


def _debt(intent: str, named: list[str], case: Case) -> Debt | None:
    """The debt of the case that is meant: the one named, or the only one, or the only one that is overdue."""
    if named:
        return case.debt(named[0])
    overdue = [debt for debt in case.debts if debt.overdue_days]
    meant = overdue if intent in ABOUT_LATENESS and len(case.debts) > 1 else list(case.debts)
    return meant[0] if len(meant) == 1 else None


def _amounts(intent: str, bound: list[Bound]) -> list[int]:
    """Amounts that are owed or might be paid, in order, without those of the budget and without ranges."""
    found = []
    for one in bound:
        if one.quantity.entity != "money" or one.quantity.vague or one.quantity.value["low_fen"] <= 0:
            continue
        is_no_debt = one.field in NOT_OWED and one.is_named_first and intent != "ask_partial_payment"
        if one.product or (one.field in (None, "total", "minimum_due", *NOT_OWED) and not is_no_debt):
            found.append(int(one.quantity.value["low_fen"]))
    return found


def _split(intent: str, amounts: list[int], debt: Debt | None) -> tuple[int | None, int | None]:
    """What is owed and what might be paid of it."""
    if not amounts:
        return None, None
    if intent != "ask_partial_payment":
        return amounts[0], None
    if len(amounts) > 1:
        return max(amounts), min(amounts)
    owed = debt.balance_fen if debt else None
    return owed, amounts[0]


def _overdue(intent: str, message: Message, debt: Debt | None) -> int | None:
    lengths = [m.value for m in message.mentions if m.entity == "period" and m.value["kind"] in DAYS]
    for length in lengths:
        if (length["overdue"] or intent in COUNTS_DAYS) and not length["vague"]:
            return int(length["low"]) * DAYS[length["kind"]]
    return debt.overdue_days if debt else None


def _rate(message: Message) -> str | None:
    """A daily rate in the message."""
    rates: list[Mapping[str, Any]] = [m.value for m in message.mentions if m.entity == "rate"]
    return next((str(rate["value"]) for rate in rates if rate["kind"] == "daily"), None)


def _periods(message: Message) -> int | None:
    periods = [m.value for m in message.mentions if m.entity == "period" and m.value["kind"] == "instalments"]
    return next((int(one["low"]) for one in periods if not one["vague"]), None)
