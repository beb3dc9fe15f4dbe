"""The calendar of the pack: each instalment and each answer that was promised, with alarms, in China's time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone
from itertools import groupby
from operator import itemgetter

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneStandard

from bot.clock import CHINA
from bot.papers.content import Content

AT = time(9, 0)
LENGTH = timedelta(minutes=30)
ALARMS = {"due": (timedelta(days=-3), timedelta(days=-1)), "callback": (timedelta(0),)}
"""How long before an event its alarms are."""
ZONE = "Asia/Shanghai"
SAFE_DAY = 28
"""Up to this day every month has it."""


def calendar(content: Content) -> bytes:
    """The calendar file of a pack; without dates it is empty but valid."""
    made = Calendar()
    made.add("prodid", "-//repayment-guide//pack//ZH")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add_component(_zone())
    stamp = datetime.combine(date.fromisoformat(content["made_on"]), time(0), timezone.utc)
    for event in _events(content):
        event.add("dtstamp", stamp)
        made.add_component(event)
    return bytes(made.to_ical())


def _zone() -> Timezone:
    """China has had one time without summer time since 1992."""
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", ZONE)
    standard.add("dtstart", datetime(1992, 1, 1))  # noqa: DTZ001 (local by definition)
    standard.add("tzname", "CST")
    standard.add("tzoffsetfrom", timedelta(hours=8))
    standard.add("tzoffsetto", timedelta(hours=8))
    zone.add_component(standard)
    return zone


def _events(content: Content) -> Iterator[Event]:
    """One event for each row of equal instalments, and one for each answer that is waited for."""
    for (_record, about, amount), group in groupby(content["dues"], key=itemgetter("record", "about", "amount")):
        dues = list(group)
        label = content["alarm"]["due"] + _of(about)
        event = _event("due", f"{label} ¥{amount}" if amount != "0" else label, dues[0]["on"])
        if len(dues) > 1:
            event.add("rrule", _monthly(dues[0]["day"], len(dues)))
        yield event
    for reminder in content["reminders"]:
        if reminder["kind"] == "callback":
            yield _event("callback", content["alarm"]["callback"] + _of(reminder["about"]), reminder["on"])


def _of(about: str) -> str:
    """The debts behind the name of an event."""
    return f" · {about}" if about else ""


def _monthly(day: int, count: int) -> dict[str, object]:
    """Each month on ``day``, or on its last day where the month is shorter."""
    if day <= SAFE_DAY:
        return {"freq": "monthly", "count": count}
    return {"freq": "monthly", "count": count, "bymonthday": list(range(SAFE_DAY, day + 1)), "bysetpos": -1}


def _event(kind: str, summary: str, on: str) -> Event:
    event = Event()
    start = datetime.combine(date.fromisoformat(on), AT, CHINA)
    name = hashlib.sha256(f"{kind}|{on}|{summary}".encode()).hexdigest()[:32]
    event.add("uid", f"{name}@repayment-guide")
    event.add("summary", summary)
    event.add("dtstart", start)
    event.add("dtend", start + LENGTH)
    for before in ALARMS[kind]:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", summary)
        alarm.add("trigger", before)
        event.add_component(alarm)
    return event
