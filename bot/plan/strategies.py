"""Paying several debts from one capacity, month by month, in one order or another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from bot.errors import PlanInputError
from bot.plan.calendar import due_dates, next_due
from bot.plan.model import CONTRACT, Capacity, Debt
from bot.plan.price import terms_of
from bot.plan.rounding import half_even
from bot.plan.schedule import flat_fee
from bot.plan.share import apportion
from bot.plan.walk import least

ORDERS: Final = ("avalanche", "snowball", "due_first", "pro_rata")
LONGEST_MONTHS: Final = 600
_CYCLE: Final = 48
"""Months after which the day counts of the calendar repeat, until 2100."""


@dataclass(frozen=True)
class Strategy:
    """What an order of paying leads to."""

    order: str
    debts: tuple[str, ...]
    """The ids in the order in which they are paid; priority debts first."""
    months: int | None
    """The month in which everything is paid, counted from 1; ``None`` when that never comes."""
    clear_on: date | None
    total_interest_fen: int
    """Interest and flat fees charged on the way; when it does not end, up to where the simulation stopped."""
    ends_at_fen: int | None
    """When it does not end: the smallest constant capacity with which it would in 600 months."""
    balances_fen: tuple[tuple[int, ...], ...]
    """After each month, the balances in the order of ``debts``."""


@dataclass(frozen=True)
class _Line:
    """One debt in the simulation."""

    debt: Debt
    balance: int
    fee: int
    per_day: Fraction
    required: Callable[[int], int]


def simulate(
    debts: Sequence[Debt], capacity: Capacity, order: str, as_of: date, custom: Sequence[str] = ()
) -> Strategy:
    """Pay all ``debts`` from ``capacity``, at the contract price, and say when they are clear.

    - One payday a month: the next occurrence of the earliest due day, like the options for all debts. On it
      each balance first takes its interest (balance × rate × days, half-even) and bears interest on it from
      then on.
    - Then each debt gets its minimum (a priority debt without one asks for everything). Where the money does
      not cover them all it goes to the highest daily rate first, whatever the order: there is no rest to order.
    - The rest goes to the first debt in the order until it is clear, then to the next in the same month.
      ``pro_rata`` shares that rest by balance; priority debts come first in every order.
    - The order is fixed on ``as_of``: ``avalanche`` by daily rate, highest first; ``snowball`` by balance,
      smallest first; ``due_first`` by next due date; ``custom`` by the ids given, the others behind. Ties go
      to the earlier id.
    - A flat fee is owed from the start and bears nothing. The lump sum is not used here.
    - Without an end in 600 months (or when no balance falls over a whole calendar cycle) it says so.
    """
    lines = _in_order(debts, order, as_of, custom)
    months, interest, balances = _run(lines, capacity, as_of, LONGEST_MONTHS, order == "pro_rata")
    payday, _ = _paydays(debts, as_of)
    return Strategy(
        order=order,
        debts=tuple(line.debt.id for line in lines),
        months=months,
        clear_on=payday[months - 1] if months else None,
        total_interest_fen=interest,
        ends_at_fen=_smallest(lines, as_of, LONGEST_MONTHS, order == "pro_rata") if months is None else None,
        balances_fen=tuple(balances),
    )


def needed(debts: Sequence[Debt], months: int, as_of: date) -> int:
    """The smallest constant capacity, fen a month, that clears ``debts`` in ``months`` paydays by avalanche.

    Exact: more money never leaves a larger balance anywhere, so a binary search on fen finds the border.
    """
    if not 1 <= months <= LONGEST_MONTHS:
        raise PlanInputError("months", months, f"must be 1 to {LONGEST_MONTHS}")
    return _smallest(_in_order(debts, "avalanche", as_of, ()), as_of, months, False)


def _in_order(debts: Sequence[Debt], order: str, as_of: date, custom: Sequence[str]) -> list[_Line]:
    lines = [_line(debt) for debt in debts]
    keys: dict[str, Callable[[_Line], object]] = {
        "avalanche": lambda line: -line.per_day,
        "snowball": lambda line: line.balance,
        "due_first": lambda line: next_due(as_of, line.debt.due_day),
        "pro_rata": lambda _line: 0,
        "custom": lambda line: custom.index(line.debt.id) if line.debt.id in custom else len(custom),
    }
    if order not in keys:
        raise PlanInputError("order", order, f"must be one of {', '.join(keys)}")
    unknown = set(custom) - {debt.id for debt in debts}
    if unknown or len(set(custom)) < len(custom):
        raise PlanInputError("custom", list(custom), "must name each debt at most once, and only debts of the case")
    key = keys[order]
    return sorted(lines, key=lambda line: (not line.debt.priority, key(line), line.debt.id))


def _line(debt: Debt) -> _Line:
    terms = terms_of(debt, CONTRACT)
    fee = flat_fee(terms.opening_fen, debt.rate, debt.rate.periods) if debt.rate.periods else 0
    without = _everything if debt.priority else _nothing
    required = least(debt.minimum) if debt.minimum else without
    return _Line(debt, terms.opening_fen + fee, fee, debt.rate.per_day, required)


def _everything(balance_fen: int) -> int:
    return balance_fen


def _nothing(_balance_fen: int) -> int:
    return 0


def _paydays(debts: Sequence[Debt], as_of: date) -> tuple[tuple[date, ...], tuple[int, ...]]:
    first, day = first_payday(debts, as_of)
    return due_dates(as_of, first, day, LONGEST_MONTHS)


def first_payday(debts: Sequence[Debt], as_of: date) -> tuple[date, int]:
    """The earliest next due date of ``debts`` and its due day; of equal dates the smaller day."""
    return min(((next_due(as_of, debt.due_day), debt.due_day) for debt in debts), default=(next_due(as_of, 1), 1))


def _run(
    lines: Sequence[_Line], capacity: Capacity, as_of: date, months: int, shared: bool
) -> tuple[int | None, int, list[tuple[int, ...]]]:
    """The month in which all is clear (``None``: not in time), what was charged, balances by month."""
    balances = [line.balance for line in lines]
    charged = sum(line.fee for line in lines)
    rates = [(line.per_day.numerator, line.per_day.denominator) for line in lines]
    history: list[tuple[int, ...]] = []
    if not any(balances):
        return 0, charged, history
    dates, gaps = _paydays([line.debt for line in lines], as_of)
    dearest = sorted(range(len(lines)), key=lambda place: _dearest_first(lines[place]))
    for month in range(months):
        for place, (numerator, denominator) in enumerate(rates):
            if balances[place] and numerator:
                posted = half_even(balances[place] * numerator * gaps[month], denominator)
                balances[place] += posted
                charged += posted
        _pay(balances, capacity.on(dates[month]), lines, dearest, shared)
        history.append(tuple(balances))
        if not any(balances):
            return month + 1, charged, history
        if _hopeless(history, capacity, dates[month], shared):
            break
    return None, charged, history


def _dearest_first(line: _Line) -> tuple[bool, Fraction, str]:
    """Sort key: priority debts, then the highest daily rate, then the earlier id."""
    return not line.debt.priority, -line.per_day, line.debt.id


def _pay(balances: list[int], money: int, lines: Sequence[_Line], dearest: Sequence[int], shared: bool) -> None:
    """Spend ``money`` on ``balances`` in place: minimums to the ``dearest`` first, then the rest in order."""
    for place in dearest:
        paid = min(lines[place].required(balances[place]), balances[place], money)
        balances[place] -= paid
        money -= paid
    for place, line in enumerate(lines):
        if money == 0:
            return
        if shared and not line.debt.priority:
            parts = apportion(min(money, sum(balances[place:])), balances[place:])
            balances[place:] = [owed - part for owed, part in zip(balances[place:], parts, strict=True)]
            return
        paid = min(balances[place], money)
        balances[place] -= paid
        money -= paid


def _hopeless(history: Sequence[tuple[int, ...]], capacity: Capacity, today: date, shared: bool) -> bool:
    """Whether no balance has fallen over a whole calendar cycle of constant capacity: then none ever will.

    A month maps larger balances to larger ones, so what did not fall over one cycle does not over the next.
    Shares by largest remainder are monotone only to the fen, so for them every balance must have risen
    clearly.
    """
    if len(history) % 12 or len(history) <= _CYCLE or today.year >= 2100:
        return False
    before, after = history[-1 - _CYCLE], history[-1]
    recent = capacity.since is None or (today - capacity.since).days > _CYCLE * 31
    rise = _CYCLE * len(before) if shared else 0
    return recent and all(new >= old + rise * (old > 0) for old, new in zip(before, after, strict=True))


def _smallest(lines: Sequence[_Line], as_of: date, months: int, shared: bool) -> int:
    """The smallest constant capacity with which ``lines`` are clear within ``months``.

    What is left at the end falls with the capacity along a convex curve, so a line through two points that are
    too low meets 0 at a third one that is too low as well: a few of them come close, a bisection ends it.
    """

    def left(capacity_fen: int) -> int:
        _, _, history = _run(lines, Capacity(capacity_fen), as_of, months, shared)
        return sum(history[-1])

    owed = sum(line.balance for line in lines)
    if owed == 0:
        return 0
    before, left_before = 0, left(0)
    low = max(0, owed // months - 1)
    left_low, high, stride = left(low), 0, 1
    while low > before and high == 0:
        step = left_low * (low - before) // max(1, left_before - left_low)
        if step < 2:
            break
        left_probe = left(low + step)
        if left_probe == 0:
            high = low + step
        else:
            before, left_before, low, left_low = low, left_low, low + step, left_probe
    while high == 0:
        if left(low + stride) == 0:
            high = low + stride
        else:
            low, stride = low + stride, stride * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if left(middle) == 0 else (middle, high)
    return high
