"""What a debt opens at and what it bears under each of the three prices one may ask for."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from bot.errors import PlanInputError
from bot.plan.model import CONTRACT, INTEREST_WAIVED, NO_RATE, PENALTY_WAIVED, PRICES, Debt, Minimum, Rate
from bot.plan.rounding import half_even, interest


@dataclass(frozen=True)
class Terms:
    """One debt at one price: the balance a new schedule starts from and the rate it bears."""

    opening_fen: int
    rate: Rate
    overdue_fen: int
    """Bears ``penalty_per_day`` instead of the rate while a deferral keeps it overdue."""
    penalty_per_day: Fraction
    minimum: Minimum | None

    def accrued(self, days: int) -> tuple[int, int]:
        """Interest and penalty in fen for ``days`` without a payment, each rounded half-even once."""
        ordinary = interest(self.opening_fen - self.overdue_fen, self.rate.per_day, days)
        return ordinary, interest(self.overdue_fen, self.penalty_per_day, days)


def penalty_fen(debt: Debt) -> int:
    """The penalty so far: as posted, else overdue × penalty per day × days overdue, rounded half-even once.

    0 when the contract has no penalty. Source: plan_engine.md, Input.
    """
    if debt.posted_penalty_fen is not None:
        return debt.posted_penalty_fen
    if debt.penalty is None:
        return 0
    share = debt.penalty.per_day(debt.rate)
    return half_even(debt.overdue_fen * share.numerator * debt.overdue_days, share.denominator)


def terms_of(debt: Debt, price: str) -> Terms:
    """The terms of ``debt`` at ``price``.

    - ``contract``: principal + posted interest + penalty at the contract rate; overdue money keeps bearing
      the penalty, instead of the rate, while a deferral lasts.
    - ``penalty_waived``: principal + posted interest at the contract rate, no penalty from now on.
    - ``interest_waived``: principal only, nothing from now on.
    """
    if price not in PRICES:
        raise PlanInputError("price", price, f"must be one of {', '.join(PRICES)}")
    principal = int(debt.principal_fen)
    if price == INTEREST_WAIVED:
        return Terms(principal, NO_RATE, 0, Fraction(0), debt.minimum)
    owed = principal + debt.posted_interest_fen
    if price == PENALTY_WAIVED or debt.penalty is None:
        extra = penalty_fen(debt) if price == CONTRACT else 0
        return Terms(owed + extra, debt.rate, 0, Fraction(0), debt.minimum)
    opening = owed + penalty_fen(debt)
    return Terms(opening, debt.rate, debt.overdue_fen, debt.penalty.per_day(debt.rate), debt.minimum)
