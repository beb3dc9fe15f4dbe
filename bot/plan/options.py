"""Every option for one debt, or for all together, each checked against the capacity of every month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from bot.plan.calendar import months_between
from bot.plan.model import CONTRACT, INTEREST_WAIVED, PRICES, Capacity, Debt, Option, Schedule
from bot.plan.price import Terms, terms_of
from bot.plan.relief import deferral, in_full, instalments, lump_then, pause, step_up, together
from bot.plan.schedule import minimum_payments
from bot.plan.walk import Start

PAUSE_MONTHS = 3
"""Months of a pause when no recovery is in sight."""


class Plan(NamedTuple):
    """One thing to try: what kind, over how many instalments, at what price, after how many months."""

    kind: str
    periods: int
    price: str
    months: int = 0


@dataclass(frozen=True)
class Table:
    """What is on the table: one debt, or all of them, with the dates and the money there is for it."""

    name: str
    """The debt's id, or ``all``."""
    debts: tuple[Debt, ...]
    """Those with something owed, in the order of their ids."""
    start: Start
    capacity: Capacity
    shares: tuple[Capacity, ...]
    """For each debt its part of ``capacity``."""
    lump_fen: tuple[int, ...]
    """For each debt its part of the lump sum."""
    pause_months: int

    @cached_property
    def terms(self) -> dict[str, tuple[Terms, ...]]:
        """The terms of the debts, by price."""
        return {price: tuple(terms_of(debt, price) for debt in self.debts) for price in PRICES}

    def same_price(self, price: str) -> str:
        """The first price that comes to the same terms, so that nothing is worked out twice."""
        return next(other for other in PRICES if self.terms[other] == self.terms[price])

    @property
    def low_periods(self) -> int:
        """Payments due before the income recovers; 0 when it does not, or already has."""
        since = self.capacity.since
        return max(0, months_between(self.start.first_due, since)) if since else 0


def pause_months(first_due: date, since: date | None) -> int:
    """Months of a pause: until the first due date in or after the month of recovery, at least 1; else 3."""
    return max(1, months_between(first_due, since)) if since else PAUSE_MONTHS


def options_for(table: Table, periods: Sequence[int], deferrals: Sequence[int]) -> list[Option]:
    """Every option for ``table`` in the order they are tried, feasible or not.

    With a capacity of 0 now there is no payment plan: only a pause, and payment in full where the lump sum
    covers it. A plan that would clear a tiny balance before its last instalment is left to a shorter one.
    """
    made: dict[str, Option] = {}
    known: dict[Plan, Schedule | None] = {}
    for plan in _plans(table, periods, deferrals):
        key = plan._replace(price=table.same_price(plan.price))
        if key not in known:
            known[key] = _schedule(table, key)
        schedule = known[key]
        if schedule is not None:
            option = _option(table, plan, schedule)
            made[option.id] = option
    return list(made.values())


def _plans(table: Table, periods: Sequence[int], deferrals: Sequence[int]) -> Iterator[Plan]:
    if not table.debts:
        return
    for price in PRICES:
        if table.capacity.now_fen == 0:
            yield Plan("pause", table.pause_months, price, table.pause_months)
        yield Plan("in_full", 1, price)
    if table.capacity.now_fen == 0:
        return
    flat = [debt.rate.kind == "flat_fee" for debt in table.debts]
    kind = "flat_fee" if all(flat) else "level"
    for price in PRICES:
        free = price == INTEREST_WAIVED
        for n in periods:
            yield Plan("level" if free else kind, n, price)
            if not free and not any(flat):
                yield Plan("equal_principal", n, price)
            for months in deferrals:
                yield Plan("deferral", n, price, months)
            if 0 < table.low_periods < n and (free or not any(flat)):
                yield Plan("step_up", n, price)
            if any(table.lump_fen):
                yield Plan("lump_then", n, price)
    if all(debt.minimum for debt in table.debts) and not any(flat):
        yield Plan("minimum", 0, CONTRACT)


def _schedule(table: Table, plan: Plan) -> Schedule | None:
    """The schedule of ``plan``, for several debts added up; ``None`` when it is no plan of its own."""
    terms = table.terms[plan.price]
    owed = sum(one.opening_fen for one in terms)
    lump = sum(table.lump_fen)
    if owed == 0:
        return None
    if plan.kind == "in_full":
        if table.capacity.now_fen == 0 and lump < owed:
            return None
        return together(
            [in_full(one, table.start, one.opening_fen * (lump >= owed)) for one in terms if one.opening_fen]
        )
    if plan.kind == "lump_then" and lump >= owed:
        return None
    parts = [_one(table, plan, one, number) for number, one in enumerate(terms) if one.opening_fen]
    whole = together(parts)
    if plan.kind != "pause" and whole.rows[-1].n < plan.periods:
        return None
    if plan.kind == "step_up" and whole.rows[table.low_periods].payment_fen <= whole.rows[0].payment_fen:
        return None
    return whole


def _one(table: Table, plan: Plan, terms: Terms, number: int) -> Schedule:
    """One debt's part of ``plan``; its place in the table is ``number``."""
    start = table.start
    if plan.kind == "pause":
        return pause(terms, plan.months, start)
    if plan.kind == "deferral":
        return deferral(terms, plan.months, plan.periods, start)
    if plan.kind == "lump_then":
        return lump_then(terms, min(table.lump_fen[number], terms.opening_fen), plan.periods, start)
    if plan.kind == "step_up":
        low = table.shares[number].now_fen
        return step_up(terms, plan.periods, low, table.low_periods, start)
    if plan.kind == "minimum" and terms.minimum:
        return minimum_payments(
            terms.opening_fen, terms.minimum, terms.rate, start.as_of, start.first_due, start.due_day
        )
    return instalments(terms, plan.periods, start, "equal_principal" if plan.kind == "equal_principal" else "level")


def _option(table: Table, plan: Plan, schedule: Schedule) -> Option:
    periods = plan.months if plan.kind == "pause" else schedule.rows[-1].n
    kind = f"{plan.kind}-{plan.months}" if plan.kind == "deferral" else plan.kind
    return Option(
        id=f"{table.name}:{kind}:{periods}:{plan.price}",
        kind=plan.kind,
        debt=table.name,
        periods=periods,
        price=plan.price,
        principal_fen=sum(debt.principal_fen for debt in table.debts),
        schedule=schedule,
        fails_on=first_failure(schedule, table.capacity, ends=plan.kind == "pause" or schedule.unpaid_fen == 0),
    )


def first_failure(schedule: Schedule, capacity: Capacity, ends: bool) -> date | None:
    """Due date of the first payment that exceeds the capacity of its month; ``None`` when all fit.

    What is paid on ``as_of`` comes from the lump sum and is not held against the capacity. A schedule that
    does not end fails on its last due date.
    """
    always = capacity.least_fen
    for row in schedule.rows:
        if row.payment_fen > always and row.payment_fen > capacity.on(row.due) and row.due > schedule.as_of:
            return row.due
    return None if ends else schedule.rows[-1].due
