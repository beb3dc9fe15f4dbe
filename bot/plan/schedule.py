"""Instalment schedules: level, equal principal, flat fee and minimum payments.

A payment goes to fees, then to interest, then to principal (Civil Code art. 561). Interest that a payment
does not cover waits and bears no interest itself, so the balance never rises once payments have started. All
amounts are whole fen; interest is simple, by calendar days, rounded half-even once for each due date.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final

from bot.errors import PlanInputError
from bot.plan.calendar import due_dates
from bot.plan.model import Minimum, Rate, Row, Schedule
from bot.plan.rounding import half_even, interest, spread
from bot.plan.walk import Start, check_balance, check_periods, first_interest, least, pay_down, smallest_level

MINIMUM_MONTHS: Final = 120
"""After so many minimum payments a debt is said not to end."""


def level_instalments(
    balance_fen: int, periods: int, rate: Rate, as_of: date, first_due: date, due_day: int
) -> Schedule:
    """Equal payments that clear ``balance_fen`` in ``periods`` months.

    The payment is the smallest whole number of fen for which the last one is not larger than the others. A
    balance so small that this payment clears it early gives fewer rows than ``periods``.
    """
    return level(balance_fen, periods, rate.per_day, Start(as_of, first_due, due_day))


def equal_principal(balance_fen: int, periods: int, rate: Rate, as_of: date, first_due: date, due_day: int) -> Schedule:
    """Principal split evenly, odd fen on the earliest; interest on the balance on top of it."""
    return even(balance_fen, periods, rate.per_day, Start(as_of, first_due, due_day))


def flat_fee_instalments(
    balance_fen: int, periods: int, rate: Rate, as_of: date, first_due: date, due_day: int
) -> Schedule:
    """Principal and total fee each split evenly, odd fen on the earliest.

    The fee is ``rate.value`` of ``balance_fen`` for ``rate.periods`` instalments; for another number of
    instalments it is in proportion (the same fee a period), rounded half-even once.
    """
    return flat(balance_fen, periods, rate, Start(as_of, first_due, due_day))


def minimum_payments(
    balance_fen: int, minimum: Minimum, rate: Rate, as_of: date, first_due: date, due_day: int
) -> Schedule:
    """Each month the larger of the floor and the fraction of what is owed, the rest bears the rate.

    What is owed on a due date includes the interest posted that day; the fraction is rounded half-even. At
    most 120 months: what is left then is ``unpaid_fen`` and the schedule does not end.
    """
    check_balance(balance_fen)
    needed = least(minimum)
    start = Start(as_of, first_due, due_day)
    return pay_down(balance_fen, MINIMUM_MONTHS, rate.per_day, start, lambda _n, owed: needed(owed))


def level(balance_fen: int, periods: int, per_day: Fraction, start: Start) -> Schedule:
    """``level_instalments`` from any start, deferred ones included."""
    check_balance(balance_fen)
    check_periods(periods)
    _, gaps = due_dates(start.as_of, start.first_due, start.due_day, periods)
    posted = first_interest(balance_fen, per_day, start, gaps[0]) + start.fee_fen
    payment = smallest_level(balance_fen, posted, [per_day.numerator * days for days in gaps[1:]], per_day.denominator)
    return pay_down(balance_fen, periods, per_day, start, lambda _n, _owed: payment)


def even(balance_fen: int, periods: int, per_day: Fraction, start: Start) -> Schedule:
    """``equal_principal`` from any start; the first row carries what was posted during a deferral."""
    check_balance(balance_fen)
    check_periods(periods)
    dates, gaps = due_dates(start.as_of, start.first_due, start.due_day, periods)
    rows: list[Row] = []
    balance, fee = balance_fen, start.fee_fen
    for n, (due, days, principal) in enumerate(zip(dates, gaps, spread(balance_fen, periods), strict=True), 1):
        charge = interest(balance, per_day, days) if n > 1 else first_interest(balance, per_day, start, days)
        balance -= principal
        rows.append(Row(n, due, principal + charge + fee, charge, fee, principal, balance))
        fee = 0
    return Schedule(start.as_of, balance_fen, tuple(rows), start.deferred)


def flat(balance_fen: int, periods: int, rate: Rate, start: Start) -> Schedule:
    """``flat_fee_instalments`` from any start; the first row carries a penalty posted during a deferral."""
    check_balance(balance_fen)
    check_periods(periods)
    dates, _ = due_dates(start.as_of, start.first_due, start.due_day, periods)
    fees = spread(flat_fee(balance_fen, rate, periods), periods)
    fees[0] += start.fee_fen
    rows: list[Row] = []
    balance = balance_fen
    for n, (due, principal, fee) in enumerate(zip(dates, spread(balance_fen, periods), fees, strict=True), 1):
        balance -= principal
        rows.append(Row(n, due, principal + fee, 0, fee, principal, balance))
    return Schedule(start.as_of, balance_fen, tuple(rows), start.deferred)


def flat_fee(balance_fen: int, rate: Rate, periods: int) -> int:
    """Total fee in fen for ``periods`` instalments at the flat fee of ``rate``, rounded half-even once."""
    if rate.periods is None:
        raise PlanInputError("rate.periods", None, "must be given for a flat fee")
    fee = Fraction(rate.value) * periods / rate.periods
    return half_even(balance_fen * fee.numerator, fee.denominator)
