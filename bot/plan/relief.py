"""Schedules that start otherwise: paid at once, after a pause or a lump sum, stepping up with the income."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.errors import PlanInputError
from bot.plan.calendar import due_dates, months_on
from bot.plan.model import Row, Schedule
from bot.plan.price import Terms
from bot.plan.rounding import interest
from bot.plan.schedule import even, flat, level
from bot.plan.walk import Start, check_balance, check_months, check_periods, pay_down, smallest_level

THEN: Final = ("level", "equal_principal")


def instalments(terms: Terms, periods: int, start: Start, then: str) -> Schedule:
    """The schedule that ``then`` names; a debt with a flat fee is always split with its flat fee."""
    if then not in THEN:
        raise PlanInputError("then", then, f"must be one of {', '.join(THEN)}")
    if terms.rate.kind == "flat_fee":
        return flat(terms.opening_fen, periods, terms.rate, start)
    build = level if then == "level" else even
    return build(terms.opening_fen, periods, terms.rate.per_day, start)


def in_full(terms: Terms, start: Start, lump_sum_fen: int = 0) -> Schedule:
    """One payment: today, without further interest, when the lump sum covers it; else on the first due date.

    A flat fee is not charged on what is paid at once.
    """
    check_balance(terms.opening_fen)
    if lump_sum_fen >= terms.opening_fen:
        paid = terms.opening_fen
        return Schedule(start.as_of, paid, (Row(1, start.as_of, paid, 0, 0, paid, 0),))
    return level(terms.opening_fen, 1, terms.rate.per_day, start)


def deferral(terms: Terms, months: int, periods: int, start: Start, then: str = "level") -> Schedule:
    """``months`` without payment, then ``periods`` instalments.

    Interest from ``as_of`` on, and the penalty on overdue money at the price ``contract``, accrue and are
    posted on the day payments start, which is also the first due date: the first payment goes to them before
    principal.
    """
    return instalments(terms, periods, put_off(terms, months, start), then)


def put_off(terms: Terms, months: int, start: Start) -> Start:
    """The start moved ``months`` calendar months on, with what accrues until then."""
    check_months(months)
    first_due = months_on(start.first_due, months, start.due_day)
    interest_fen, fee_fen = terms.accrued((first_due - start.as_of).days)
    return Start(start.as_of, first_due, start.due_day, months, interest_fen, fee_fen)


def pause(terms: Terms, months: int, start: Start) -> Schedule:
    """No payment plan: what is owed after ``months`` without payment, as one row that only posts.

    Its balance, also ``unpaid_fen``, contains the interest and penalty of the pause (so ``principal_fen`` is
    negative here, and only here); cost and rates count all of it as paid then.
    """
    check_balance(terms.opening_fen)
    moved = put_off(terms, months, start)
    posted = (moved.interest_fen or 0) + moved.fee_fen
    owed = terms.opening_fen + posted
    row = Row(1, moved.first_due, 0, moved.interest_fen or 0, moved.fee_fen, -posted, owed)
    return Schedule(start.as_of, terms.opening_fen, (row,), months, owed)


def step_up(terms: Terms, periods: int, low_fen: int, low_periods: int, start: Start) -> Schedule:
    """``low_fen`` for the first ``low_periods`` months, then level instalments that clear the rest.

    ``periods`` counts all of them. The level payment is the smallest whole fen for which the last is not
    larger.
    """
    check_balance(terms.opening_fen)
    check_periods(periods)
    if not 0 < low_periods < periods:
        raise PlanInputError("low_periods", low_periods, "must be 1 or more and fewer than periods")
    if low_fen < 0:
        raise PlanInputError("low_fen", low_fen, "must not be negative")
    per_day = terms.rate.per_day
    low = pay_down(terms.opening_fen, low_periods, per_day, start, lambda _n, _owed: low_fen)
    if low.unpaid_fen == 0:
        return low
    _, gaps = due_dates(start.as_of, start.first_due, start.due_day, periods)
    balance = low.rows[-1].balance_fen
    posted = low.unpaid_fen - balance + interest(balance, per_day, gaps[low_periods])
    factors = [per_day.numerator * days for days in gaps[low_periods + 1 :]]
    high = smallest_level(balance, posted, factors, per_day.denominator)
    return pay_down(terms.opening_fen, periods, per_day, start, lambda n, _owed: low_fen if n <= low_periods else high)


def lump_then(terms: Terms, lump_fen: int, periods: int, start: Start, then: str = "level") -> Schedule:
    """A lump sum on ``as_of``, as row 0, then ``periods`` instalments of the rest.

    It goes to fees and penalty, then interest, then principal (Civil Code art. 561): all of them are in the
    opening balance, so it lowers that balance fen for fen, the dearest parts first.
    """
    if not 0 <= lump_fen <= terms.opening_fen:
        raise PlanInputError("lump_fen", lump_fen, "must be 0 or more and not more than the balance")
    left = terms.opening_fen - lump_fen
    lump = Row(0, start.as_of, lump_fen, 0, 0, lump_fen, left)
    if left == 0:
        return Schedule(start.as_of, terms.opening_fen, (lump,))
    rest = instalments(replace(terms, opening_fen=left), periods, start, then)
    return Schedule(start.as_of, terms.opening_fen, (lump, *rest.rows), rest.deferred, rest.unpaid_fen)


def together(schedules: Sequence[Schedule]) -> Schedule:
    """Schedules on the same due dates as one: row by row the sum, a schedule that has ended counts as 0."""
    if len(schedules) == 1:
        return schedules[0]
    longest = max(schedules, key=lambda schedule: len(schedule.rows))
    rows = []
    for line, row in enumerate(longest.rows):
        lines = [schedule.rows[line][2:] for schedule in schedules if line < len(schedule.rows)]
        rows.append(Row(row.n, row.due, *map(sum, zip(*lines, strict=True))))
    opening, unpaid = sum(one.opening_fen for one in schedules), sum(one.unpaid_fen for one in schedules)
    return Schedule(longest.as_of, opening, tuple(rows), longest.deferred, unpaid)
