"""The instalments of an agreement: one a month on the same day, with the rest of the total at the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.records.schedule import MOST, schedule
from bot.records.store import Talk
from records.writer import AT

TALK = Talk(AT, "hotline_95188", "agreed", "instalments", 50_000, 4, first_due=date(2026, 12, 31))


def test_each_month_has_its_instalment_on_the_day_or_the_months_last() -> None:
    assert [due.on for due in schedule(TALK)] == [
        date(2026, 12, 31),
        date(2027, 1, 31),
        date(2027, 2, 28),
        date(2027, 3, 31),
    ]


@pytest.mark.parametrize(
    ("total", "last"), [(None, 50_000), (199_000, 49_000), (210_000, 60_000), (900_000, 50_000), (100, 50_000)]
)
def test_the_last_amount_is_the_rest_of_a_total_that_can_be_meant(total: int | None, last: int) -> None:
    amounts = [due.amount_fen for due in schedule(replace(TALK, total_fen=total))]
    assert amounts == [50_000, 50_000, 50_000, last]


def test_without_a_first_day_or_a_number_there_is_no_schedule() -> None:
    assert schedule(replace(TALK, first_due=None)) == ()
    assert schedule(replace(TALK, periods=None)) == ()
    assert schedule(replace(TALK, outcome="refused")) == ()


def test_after_a_pause_the_first_day_is_all_that_is_known() -> None:
    paused = replace(TALK, kind="deferral", periods=None, monthly_fen=None)
    assert [(due.on, due.amount_fen) for due in schedule(paused)] == [(date(2026, 12, 31), None)]


def test_a_schedule_is_never_endless() -> None:
    assert len(schedule(replace(TALK, periods=100_000))) == MOST
