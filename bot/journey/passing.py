"""What changes by itself while a person is away: days overdue go on, due days pass."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.journey import render
from bot.journey.case import Case
from bot.knowledge.lines import line
from bot.plan.calendar import next_due

WORTH_SAYING: Final = 3
"""From so many days on it is said that the days overdue have gone on."""


@dataclass(frozen=True)
class Aged:
    """The case of today, and what to say about it, a row for each debt; the chosen plan stands."""

    case: Case
    rows: tuple[str, ...] = ()


def is_stale(case: Case, today: date) -> bool:
    """True when something about lateness was told on an earlier day."""
    return any(debt.told_on is not None and debt.told_on < today.isoformat() for debt in case.debts)


def age(case: Case, today: date) -> Aged:
    """``case`` as it is ``today``: overdue days counted on; whether it is overdue is open again after a due day."""
    rows = []
    for debt in case.debts:
        if debt.told_on is None or debt.overdue_days is None or debt.told_on >= today.isoformat():
            continue
        told_on, label = date.fromisoformat(debt.told_on), render.product_label(debt.product)
        since = (today - told_on).days
        if debt.overdue_days:
            days = debt.overdue_days + since
            case = case.with_debt(debt.product, overdue_days=days, told_on=today.isoformat())
            if since >= WORTH_SAYING:
                rows.append(line("passed.late", product=label, since=since, days=days))
        elif debt.due_day and next_due(told_on, debt.due_day) < today:
            due = next_due(told_on, debt.due_day)
            case = case.with_debt(debt.product, overdue_days=None, told_on=None)
            rows.append(line("passed.due", product=label, day=render.day(due)))
    return Aged(case, tuple(rows))
