"""Working days in China: exact where the holidays are announced, Monday to Friday beyond."""

from __future__ import annotations

from datetime import date, timedelta

from chinese_calendar import is_workday


def is_working_day(day: date) -> bool:
    """Whether offices work on ``day``. The holidays of a coming year are announced in the autumn before it."""
    try:
        return bool(is_workday(day))
    except NotImplementedError:  # a year the calendar does not know yet
        return day.weekday() < 5


def working_days_on(start: date, days: int) -> date:
    """The ``days``-th working day after ``start``."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return day
