"""The one place that knows what day it is: people, due dates and hotlines are in China."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.settings import settings

CHINA = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """This moment in China, with its time zone; midnight of ``GUIDE_TODAY`` when that is set."""
    fixed = settings().today
    if fixed is not None:
        return datetime(fixed.year, fixed.month, fixed.day, tzinfo=CHINA)
    return datetime.now(CHINA)


def today() -> date:
    """Today's date in China."""
    return now().date()
