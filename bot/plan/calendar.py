"""Due dates: days between two dates, months counted forward, a due day held to the end of a short month."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import lru_cache


def on_due_day(year: int, month: int, due_day: int) -> date:
    """The due date in that month; a ``due_day`` (1-31) that the month lacks falls on its last day."""
    return date(year, month, min(due_day, monthrange(year, month)[1]))


def months_on(start: date, months: int, due_day: int) -> date:
    """The due date ``months`` calendar months after the month of ``start``."""
    years, month = divmod(start.month - 1 + months, 12)
    return on_due_day(start.year + years, month + 1, due_day)


def next_due(as_of: date, due_day: int) -> date:
    """The next occurrence of ``due_day`` strictly after ``as_of``."""
    this_month = on_due_day(as_of.year, as_of.month, due_day)
    return this_month if this_month > as_of else months_on(as_of, 1, due_day)


def months_between(start: date, end: date) -> int:
    """Calendar months from the month of ``start`` to that of ``end``; the days do not count."""
    return (end.year - start.year) * 12 + end.month - start.month


@lru_cache(maxsize=2048)
def due_dates(as_of: date, first_due: date, due_day: int, count: int) -> tuple[tuple[date, ...], tuple[int, ...]]:
    """``count`` due dates one calendar month apart, and the days from the one before (the first: as_of)."""
    dates = (first_due, *(months_on(first_due, month, due_day) for month in range(1, count)))
    before = (as_of, *dates[:-1])
    return dates, tuple((due - last).days for last, due in zip(before, dates, strict=True))
