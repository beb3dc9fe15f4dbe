"""Pictures of a plan as numbers: the page draws them, and shows the same numbers as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.journey.offers import Offer
from bot.journey.plan import Proposal
from bot.knowledge.lines import line
from bot.plan.calendar import months_between

Chart = dict[str, Any]


def chart(kind: str, title: str, x: Sequence[str], series: Mapping[str, Sequence[int]]) -> Chart:
    """A chart of amounts in fen; ``series`` by its label, one value for each ``x``."""
    return {
        "kind": kind,
        "title": title,
        "x": list(x),
        "series": [{"label": label, "values_fen": list(values)} for label, values in series.items()],
        "unit": line("card.unit"),
    }


def monthly(proposal: Proposal, offers: Sequence[tuple[int, Offer]]) -> Chart | None:
    """What each offer asks for a month beside what there is; None without money to pay with."""
    if proposal.capacity_fen == 0:
        return None
    series = {
        line("chart.monthly"): [one.monthly_fen for _, one in offers],
        line("chart.capacity"): [proposal.capacity_fen for _ in offers],
    }
    return chart("bar", line("chart.monthly_title"), _names(offers), series)


def shares(offers: Sequence[tuple[int, Offer]]) -> Chart | None:
    """Where the money goes, for the offers that clear the debts; None when none does."""
    clearing = [(number, one) for number, one in offers if not one.left_fen]
    if not clearing:
        return None
    series = {
        line("chart.owed"): [one.total_paid_fen - one.total_cost_fen for _, one in clearing],
        line("chart.charges"): [one.total_cost_fen for _, one in clearing],
    }
    return chart("stack", line("chart.shares"), _names(clearing), series)


def balance(proposal: Proposal, offers: Sequence[tuple[int, Offer]]) -> Chart | None:
    """What is still owed month by month, from today to the last payment of the longest; None for a pause alone."""
    drawn = [(number, one) for number, one in offers if one.schedule and one.kind != "pause"]
    if not drawn:
        return None
    start = proposal.as_of
    last = max(one.schedule.rows[-1].due for _, one in drawn if one.schedule)
    months = range(1, months_between(start, last) + 1)
    x = [line("chart.start"), *(_month(start, number) for number in months)]
    series = {
        line("chart.offer", number=number): [one.schedule.opening_fen, *(_owed(one, start, month) for month in months)]
        for number, one in drawn
        if one.schedule
    }
    return chart("line", line("chart.balance_title"), x, series)


def _owed(one: Offer, start: date, month: int) -> int:
    """What is owed of ``one`` at the end of the month that is ``month`` months after ``start``."""
    schedule = one.schedule
    if schedule is None:
        return 0
    past = [row for row in schedule.rows if months_between(start, row.due) <= month]
    if len(past) == len(schedule.rows):
        return schedule.unpaid_fen
    return past[-1].balance_fen if past else schedule.opening_fen


def _month(start: date, months: int) -> str:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return line("chart.month", year=year, month=month + 1)


def _names(offers: Sequence[tuple[int, Offer]]) -> list[str]:
    return [line("chart.offer", number=number) for number, _ in offers]
