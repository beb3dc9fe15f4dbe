"""Which day it is: the one in China, wherever the server stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timezone

import pytest
import time_machine

from bot import clock
from bot.settings import settings


@pytest.fixture(autouse=True)
def _fresh_settings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("GUIDE_TODAY", raising=False)
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


def test_late_in_the_evening_in_london_it_is_tomorrow_already() -> None:
    with time_machine.travel(datetime(2026, 11, 23, 16, 30, tzinfo=timezone.utc)):
        assert clock.today() == date(2026, 11, 24)


def test_a_moment_before_midnight_in_china_it_is_still_today() -> None:
    with time_machine.travel(datetime(2026, 11, 23, 15, 59, 59, tzinfo=timezone.utc)):
        assert clock.today() == date(2026, 11, 23)


def test_the_time_carries_its_zone() -> None:
    assert str(clock.now().tzinfo) == "Asia/Shanghai"


def test_a_fixed_day_counts_more_than_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUIDE_TODAY", "2028-02-29")
    settings.cache_clear()

    assert clock.today() == date(2028, 2, 29)
    assert clock.now().hour == 0
