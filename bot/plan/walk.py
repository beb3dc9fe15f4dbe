"""Walking a balance down: what each payment covers, and the smallest level payment that clears it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from bot.errors import PlanInputError
from bot.plan.calendar import due_dates
from bot.plan.model import LONGEST, Minimum, Row, Schedule
from bot.plan.rounding import half_even, interest


@dataclass(frozen=True)
class Start:
    """Where a schedule begins: dates, and what the first due date posts when it is not the plain interest."""

    as_of: date
    first_due: date
    due_day: int
    deferred: int = 0
    """Months without payment that ``first_due`` already contains."""
    interest_fen: int | None = None
    """Interest posted on ``first_due``; ``None``: balance × rate × days since ``as_of``."""
    fee_fen: int = 0
    """Penalty posted on ``first_due``."""


def check_balance(balance_fen: int) -> None:
    """Refuse a balance that no schedule can clear."""
    if balance_fen < 1:
        raise PlanInputError("balance_fen", balance_fen, "must be 1 or more")


def check_periods(periods: int) -> None:
    """Refuse a number of instalments outside 1 to 60."""
    if not 1 <= periods <= LONGEST:
        raise PlanInputError("periods", periods, f"must be 1 to {LONGEST}")


def check_months(months: int) -> None:
    """Refuse a deferral of no month."""
    if months < 1:
        raise PlanInputError("months", months, "must be 1 or more")


def first_interest(balance_fen: int, per_day: Fraction, start: Start, days: int) -> int:
    """Interest that the first due date posts, in fen."""
    return interest(balance_fen, per_day, days) if start.interest_fen is None else start.interest_fen


def least(minimum: Minimum) -> Callable[[int], int]:
    """The lender's minimum as a function of what is owed; both in fen, the fraction rounded half-even."""
    share, floor = Fraction(minimum.fraction), minimum.floor_fen
    numerator, denominator = share.numerator, share.denominator
    return lambda owed_fen: max(floor, half_even(owed_fen * numerator, denominator))


def pay_down(
    balance_fen: int, periods: int, per_day: Fraction, start: Start, payment: Callable[[int, int], int]
) -> Schedule:
    """Pay ``payment(n, owed)`` on each due date, never more than is owed; stop when nothing is.

    Each payment goes to fees, then interest, then principal. What is owed after the last of ``periods`` rows
    is the schedule's ``unpaid_fen``.
    """
    dates, gaps = due_dates(start.as_of, start.first_due, start.due_day, periods)
    numerator, denominator = per_day.numerator, per_day.denominator
    rows: list[Row] = []
    balance, fee = balance_fen, start.fee_fen
    charge = first_interest(balance_fen, per_day, start, gaps[0])
    for n, (due, days) in enumerate(zip(dates, gaps, strict=True), 1):
        if n > 1 and numerator:
            charge += half_even(balance * numerator * days, denominator)
        owed = balance + charge + fee
        paid = payment(n, owed)
        if paid >= owed:
            rows.append(Row(n, due, owed, charge, fee, balance, 0))
            return Schedule(start.as_of, balance_fen, tuple(rows), start.deferred)
        to_fee = fee if paid >= fee else paid
        left = paid - to_fee
        to_interest = charge if left >= charge else left
        fee, charge, balance = fee - to_fee, charge - to_interest, balance - left + to_interest
        rows.append(Row(n, due, paid, to_interest, to_fee, left - to_interest, balance))
    return Schedule(start.as_of, balance_fen, tuple(rows), start.deferred, balance + charge + fee)


def smallest_level(balance_fen: int, posted_fen: int, factors: Sequence[int], denominator: int) -> int:
    """The smallest level payment, in fen, for which the payment that clears the debt is not larger.

    ``posted_fen`` is due with the first payment on top of the balance; ``factors[i] / denominator`` is what a
    fen of the balance earns before payment i + 2. The closing payment falls strictly as the level rises, so a
    bracket around the float estimate and a bisection give the exact answer.
    """
    low = high = max(1, _estimate(balance_fen, posted_fen, factors, denominator))
    stride = 1
    while closing_payment(balance_fen, high, posted_fen, factors, denominator) > high:
        low, high, stride = high, high + stride, stride * 4
    stride = 1
    while low == high or closing_payment(balance_fen, low, posted_fen, factors, denominator) <= low:
        low, high, stride = max(0, low - stride), low, stride * 4
    while high - low > 1:
        middle = (low + high) // 2
        if closing_payment(balance_fen, middle, posted_fen, factors, denominator) > middle:
            low = middle
        else:
            high = middle
    return high


def closing_payment(balance_fen: int, level_fen: int, posted_fen: int, factors: Sequence[int], denominator: int) -> int:
    """What the payment after ``len(factors)`` level ones must be to leave nothing; 0 when they clear it."""
    balance, waiting = balance_fen, posted_fen
    for factor in factors:
        if level_fen < waiting:
            waiting -= level_fen
        else:
            balance += waiting - level_fen
            waiting = 0
            if balance <= 0:
                return 0
        whole, rest = divmod(balance * factor, denominator)
        over = 2 * rest - denominator
        waiting += whole + (over > 0 or (over == 0 and whole & 1))
    return balance + waiting


def _estimate(balance_fen: int, posted_fen: int, factors: Sequence[int], denominator: int) -> int:
    """The annuity payment in floats, rounded up: a place to start looking, good to a few fen."""
    grown, paid = float(balance_fen + posted_fen), 1.0
    for factor in factors:
        growth = 1.0 + factor / denominator
        grown *= growth
        paid = paid * growth + 1.0
    return int(grown / paid) + 1
