"""From a household to everything the product may say about its debts, in one pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.plan.budget import Budget, asked_fen, balance_fen, budget_of
from bot.plan.calendar import next_due
from bot.plan.ladder import Ladder, ladder_for
from bot.plan.model import ALL, PERIODS, Capacity, Debt, Household, Option
from bot.plan.options import Table, options_for, pause_months
from bot.plan.share import give, pro_rata
from bot.plan.strategies import ORDERS, Strategy, first_payday, needed, simulate
from bot.plan.walk import Start, check_months, check_periods


@dataclass(frozen=True)
class Result:
    """Everything that was worked out. Debts are in the order of their ids, whatever order they came in."""

    household: Household
    budget: Budget
    options: tuple[Option, ...]
    """Those of each debt, then those of all together."""
    ladder: Ladder
    """For all debts together."""
    ladders: tuple[Ladder, ...]
    """One for each debt."""
    strategies: tuple[Strategy, ...]
    pro_rata: dict[str, int]
    """The share of the capacity that each debt gets this month, in fen, at most what it is owed."""
    needed: dict[int, int]
    """By months: the smallest capacity, in fen a month, that clears everything in that time."""

    def option(self, option_id: str) -> Option | None:
        """The option with that id, if there is one."""
        return next((option for option in self.options if option.id == option_id), None)


def compute(
    household: Household,
    asked_periods: Sequence[int] = (),
    asked_deferrals: Sequence[int] = (),
    custom_order: Sequence[str] = (),
) -> Result:
    """Budget, options, ladder, strategies, shares and needed capacities of ``household``.

    ``asked_periods`` (1 to 60) are tried beside 3, 6, 9, 12, 18, 24 and 36, ``asked_deferrals`` (1 or more
    months) beside the months until recovery (else 3); ``custom_order`` adds the strategy ``custom``.
    """
    for periods in asked_periods:
        check_periods(periods)
    for months in asked_deferrals:
        check_months(months)
    debts = tuple(sorted(household.debts, key=lambda debt: debt.id))
    budget = budget_of(household)
    tables = _tables(household, debts, budget.capacity)
    tried = sorted({*PERIODS, *asked_periods})
    made = [options_for(table, tried, sorted({table.pause_months, *asked_deferrals})) for table in tables]
    ladders = [ladder_for(table, options) for table, options in zip(tables, made, strict=True)]
    orders = [*ORDERS, "custom"] if custom_order else ORDERS
    return Result(
        household=household,
        budget=budget,
        options=tuple(option for options in made for option in options),
        ladder=ladders[-1],
        ladders=tuple(ladders[:-1]),
        strategies=tuple(simulate(debts, budget.capacity, order, household.as_of, custom_order) for order in orders),
        pro_rata=_shares(debts, budget.capacity.now_fen),
        needed={months: needed(debts, months, household.as_of) for months in tried},
    )


def _tables(household: Household, debts: Sequence[Debt], capacity: Capacity) -> list[Table]:
    """A table for each debt with its part of the capacity, and last the one for all."""
    as_of, since = household.as_of, capacity.since
    asked, owed = [asked_fen(debt) for debt in debts], [balance_fen(debt) for debt in debts]
    now, later = give(capacity.now_fen, debts, asked, owed), give(capacity.later_fen, debts, asked, owed)
    shares = [Capacity(first, then, since) for first, then in zip(now, later, strict=True)]
    lumps = give(household.lump_sum_fen, debts, asked, owed)
    tables = []
    for debt, share, balance in zip(debts, shares, owed, strict=True):
        due = next_due(as_of, debt.due_day)
        only = (debt,) if balance else ()
        start, months = Start(as_of, due, debt.due_day), pause_months(due, since)
        tables.append(Table(debt.id, only, start, share, (share,), (household.lump_sum_fen,), months))
    live = [place for place, balance in enumerate(owed) if balance]
    due, day = first_payday([debts[place] for place in live], as_of)
    everything = Table(
        ALL,
        tuple(debts[place] for place in live),
        Start(as_of, due, day),
        capacity,
        tuple(shares[place] for place in live),
        tuple(lumps[place] for place in live),
        pause_months(due, since),
    )
    return [*tables, everything]


def _shares(debts: Sequence[Debt], capacity_fen: int) -> dict[str, int]:
    """Priority debts first, up to what they ask this month, then ``pro_rata``; never above a balance."""
    owed = {debt.id: balance_fen(debt) for debt in debts}
    urgent = {debt.id: min(asked_fen(debt), owed[debt.id]) for debt in debts if debt.priority}
    first = pro_rata(capacity_fen, urgent)
    left = capacity_fen - sum(first.values())
    others = pro_rata(left, {debt.id: owed[debt.id] for debt in debts if not debt.priority})
    left -= sum(others.values())
    again = pro_rata(left, {name: owed[name] - first[name] for name in first})
    return {debt.id: first.get(debt.id, 0) + again.get(debt.id, 0) + others.get(debt.id, 0) for debt in debts}
