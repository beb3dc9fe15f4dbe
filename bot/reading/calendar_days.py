"""Calendar arithmetic for reading dates. Pure: the day it is is always passed in."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

Prefer = Literal["future", "past"]


def day_or_none(year: int, month: int, day: int) -> date | None:
    """The date, or None when there is no such day."""
    if not (1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= 31) or day > monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def month_first(today: date, months: int) -> date:
    """The first day of the month ``months`` after that of ``today`` (before it when negative)."""
    at = today.year * 12 + today.month - 1 + months
    year = min(max(at // 12, 1), 9998)
    return date(year, at % 12 + 1, 1)


def month_last(first: date) -> date:
    """The last day of the month that ``first`` is in."""
    return first.replace(day=monthrange(first.year, first.month)[1])


def add_months(today: date, months: int) -> date:
    """The same day ``months`` later, or the last day of that month when it has no such day."""
    first = month_first(today, months)
    return first.replace(day=min(today.day, month_last(first).day))


def add_days(today: date, days: int) -> date | None:
    """``days`` later, or None when that leaves the calendar."""
    try:
        return today + timedelta(days=days)
    except OverflowError:
        return None


def nearest_day(today: date, day: int, prefer: Prefer) -> date | None:
    """The next (or last) date with that day, today included. Months without that day are passed over."""
    step = 1 if prefer == "future" else -1
    for months in range(0, 4 * step, step):
        first = month_first(today, months)
        found = day_or_none(first.year, first.month, day)
        if found is not None and (found >= today if step == 1 else found <= today):
            return found
    return None


def year_near(today: date, years: int) -> int:
    """The year ``years`` later, kept inside the calendar."""
    return min(max(today.year + years, date.min.year), date.max.year)


def nearest_year(today: date, month: int, day: int, prefer: Prefer) -> int:
    """The year of the next (or last) such month and day, today included; the day need not exist."""
    if prefer == "future":
        return year_near(today, int((month, day) < (today.month, today.day)))
    return year_near(today, -int((month, day) > (today.month, today.day)))


def week_start(today: date, weeks: int) -> date:
    """The Monday of the week ``weeks`` after that of ``today``."""
    return add_days(today, 7 * weeks - today.weekday()) or today
