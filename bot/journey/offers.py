"""One plan as it is shown, chosen and remembered: made from an engine option and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from bot.plan import Household, Option, Result, Row, Schedule, terms_of
from bot.plan.ladder import ACCEPT_PERCENT
from bot.plan.model import ALL, CONTRACT, PENALTY_WAIVED
from bot.plan.relief import together
from bot.plan.strategies import first_payday
from bot.plan.walk import Start, pay_down

PART_MONTHS = 12
"""Months of paying what there is when nothing clears the debts: then one looks again."""

OFFER = "offer"
"""The first part of an offer's name."""


@dataclass(frozen=True)
class Offer:
    """One option as it is shown and, once chosen, remembered. Amounts in fen."""

    kind: str
    """``level``, ``in_full``, ``deferral``, ``lump_then``, ``minimum``, ``step_up``, ``part`` or ``pause``."""
    periods: int
    defer_months: int
    monthly_fen: int
    first: Row
    """The first payment, apart from a lump sum: when it is due and what it goes to."""
    total_paid_fen: int
    total_cost_fen: int
    apr: Decimal
    """Effective rate a year, a share."""
    fits: bool
    price: str = CONTRACT
    """What it counts on: ``contract``, ``penalty_waived`` or ``interest_waived``."""
    lump_fen: int = 0
    lump_on: date | None = None
    extra_fen: int = 0
    """What has to come in each month on top of today's budget."""
    low_months: int = 0
    """Months in which only ``first`` is paid, before ``monthly_fen``."""
    left_fen: int = 0
    """What is owed after the last payment, for the kinds that clear nothing."""
    schedule: Schedule | None = field(default=None, repr=False, compare=False)
    """Every payment, for who wants to draw them."""

    @property
    def first_due(self) -> date:
        """The day of the first payment; for a pause the day on which one talks again."""
        return self.first.due

    @property
    def key(self) -> tuple[str, int, int, str]:
        """What makes two offers of one household the same to a reader."""
        return self.kind, self.periods, self.defer_months, self.price

    @property
    def name(self) -> str:
        """The offer as a text that a button can send; another amount is another offer."""
        parts = (OFFER, self.kind, self.periods, self.defer_months, self.price, self.monthly_fen)
        return ":".join(map(str, parts))

    def as_choice(self, words: str) -> dict[str, Any]:
        """The offer as plain JSON for the slot, with its description in words."""
        return {
            "kind": self.kind,
            "periods": self.periods,
            "defer_months": self.defer_months,
            "monthly_fen": self.monthly_fen,
            "first_due": self.first_due.isoformat(),
            "total_paid_fen": self.total_paid_fen,
            "price": self.price,
            "words": words,
        }


def offer_of(option: Option, household: Household) -> Offer:
    """An engine option as an offer. A price that comes to the same as the contract's is the contract's."""
    rows = [row for row in option.schedule.rows if row.n > 0]
    lump = sum(row.payment_fen for row in option.schedule.rows if row.n == 0)
    debts = [debt for debt in household.debts if option.debt in (ALL, debt.id)]
    is_same = option.price == PENALTY_WAIVED and not any(debt.posted_penalty_fen for debt in debts)
    return Offer(
        kind=option.kind,
        periods=option.periods,
        defer_months=option.schedule.deferred,
        monthly_fen=option.monthly_fen,
        first=rows[0],
        total_paid_fen=option.schedule.total_paid_fen,
        total_cost_fen=option.total_cost_fen,
        apr=option.schedule.apr_effective,
        fits=option.feasible,
        price=CONTRACT if is_same else option.price,
        lump_fen=lump,
        lump_on=household.as_of if lump else None,
        left_fen=option.schedule.unpaid_fen,
        schedule=option.schedule,
    )


def part_of(household: Household, shares: dict[str, int], capacity_fen: int) -> Offer:
    """Paying ``shares`` of the capacity for ``PART_MONTHS`` months, and what is still owed then."""
    due, day = first_payday(household.debts, household.as_of)
    start = Start(household.as_of, due, day)
    paid = []
    for debt in household.debts:
        terms, share = terms_of(debt, CONTRACT), shares[debt.id]
        if terms.opening_fen:
            paid.append(pay_down(terms.opening_fen, PART_MONTHS, terms.rate.per_day, start, _constant(share)))
    schedule = together(paid)
    return Offer(
        kind="part",
        periods=PART_MONTHS,
        defer_months=0,
        monthly_fen=capacity_fen,
        first=schedule.rows[0],
        total_paid_fen=schedule.total_paid_fen,
        total_cost_fen=0,
        apr=Decimal(0),
        fits=True,
        left_fen=schedule.unpaid_fen,
        schedule=schedule,
    )


def together_of(result: Result, kind: str, price: str = CONTRACT) -> list[Option]:
    """The options of that kind for all debts together, the shortest first."""
    found = [o for o in result.options if o.debt == ALL and o.kind == kind and o.price == price]
    return sorted(found, key=lambda option: (option.periods, option.schedule.deferred))


def easiest(options: Sequence[Option], capacity_fen: int) -> list[Option]:
    """The shortest that leaves a tenth of the capacity free; else the shortest that fits; else the longest."""
    fitting = [option for option in options if option.feasible]
    easy = [option for option in fitting if option.monthly_fen * 100 <= capacity_fen * ACCEPT_PERCENT]
    return (easy or fitting or list(options[-1:]))[:1]


def _constant(fen: int) -> Callable[[int, int], int]:
    return lambda _n, _owed: fen
