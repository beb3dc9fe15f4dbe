"""The calendar file, read back by another library than the one that wrote it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import vobject
from builders import READY, TODAY
from dateutil.rrule import rrulestr

from bot.papers.calendar import calendar
from bot.papers.content import Content, content
from bot.plan.calendar import months_on
from papers.packs import dated, ordinary


def events(pack: Content) -> list[Any]:
    """The events of a pack's calendar as vobject reads them."""
    return list(vobject.readOne(calendar(pack).decode("utf-8")).contents.get("vevent", []))


def days(event: Any) -> list[date]:
    """All days of an event, worked out from its rule by dateutil."""
    start = event.dtstart.value.replace(tzinfo=None)
    if not hasattr(event, "rrule"):
        return [start.date()]
    return [one.date() for one in rrulestr(event.rrule.value, dtstart=start)]


@pytest.mark.parametrize("day", [1, 15, 28, 29, 30, 31])
def test_the_rule_falls_on_every_due_day_even_in_short_months(day: int) -> None:
    first = date(2026, 12, day)
    found = [one for event in events(dated(50, first)) for one in days(event)]
    assert found == [months_on(first, month, day) for month in range(50)]


def test_a_last_amount_of_its_own_is_an_event_of_its_own() -> None:
    regular, last = events(dated(12, date(2026, 12, 10), 1_379_950))
    assert len(days(regular)) == 11
    assert "1,150" in regular.summary.value
    assert days(last) == [date(2027, 11, 10)]
    assert "1,149.50" in last.summary.value


def test_times_are_chinas_and_the_alarms_are_before_the_day() -> None:
    (event,) = events(dated(3, date(2026, 12, 10)))
    assert event.dtstart.value.utcoffset() == timedelta(hours=8)
    assert event.dtstart.value.isoformat() == "2026-12-10T09:00:00+08:00"
    assert event.dtstart.params["X-VOBJ-ORIGINAL-TZID"] == ["Asia/Shanghai"]
    assert [alarm.trigger.value for alarm in event.valarm_list] == [timedelta(days=-3), timedelta(days=-1)]


def test_an_answer_that_was_promised_is_an_event() -> None:
    (event,) = events(ordinary())
    assert days(event) == [date(2026, 11, 26)]
    assert len(event.valarm_list) == 1


def test_without_dates_the_calendar_is_empty_but_valid() -> None:
    assert events(content(READY, [], [], TODAY)) == []


def test_lines_are_folded_at_75_octets() -> None:
    assert max(len(line) for line in calendar(dated(50, date(2026, 12, 31))).split(b"\r\n")) <= 75


def test_every_event_has_a_name_of_its_own_that_does_not_change() -> None:
    names = [event.uid.value for event in events(dated(12, date(2026, 12, 10), 1_379_950))]
    assert len(set(names)) == 2
    assert names == [event.uid.value for event in events(dated(12, date(2026, 12, 10), 1_379_950))]
