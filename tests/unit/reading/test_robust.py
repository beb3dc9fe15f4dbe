"""No reader raises on any text, and none takes long over any."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import reading

TODAY = date(2026, 11, 23)
LIMIT_SECONDS = 0.05

READERS: dict[str, Callable[[str], object]] = {
    "normalise": reading.normalise,
    "amounts": reading.find_amounts,
    "periods": reading.find_periods,
    "dates": lambda text: reading.find_dates(text, TODAY),
    "past dates": lambda text: reading.find_dates(text, TODAY, "past"),
    "rates": reading.find_rates,
    "correction": reading.find_correction,
    "numeral": reading.read_numeral,
    "yes": reading.is_yes,
    "no": reading.is_no,
    "zero": reading.is_zero,
    "unknown": reading.is_unknown,
    "not overdue": reading.is_not_overdue,
    "skip": reading.is_skip,
    "choice": lambda text: reading.read_choice(text, 3),
}

PIECES = [
    *"0123456789一二两三四五六七八九十百千万亿零〇半几多来余元块毛角分号日月年期天周%.-~，,。 ？到至",
    *(
        "不是",
        "是",
        "改成",
        "填错了",
        "逾期",
        "没",
        "大概",
        "左右",
        "每月",
        "下个月",
        "三天后",
        "年化",
        "日息",
        "万分之",
        "第",
        "个",
        "w",
        "k",
        "负",
        "¥",
    ),
    *(
        "2027-02-30",
        "99999",
        "0.001",
        "没有收入",
        "其实是",
        "星期",
        "底",
        "点",
        "\x00",
        "\ud83d",
        "上",
        "数",
        "把",
        "不对",
        "，",
    ),
]


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(max_size=120), st.lists(st.sampled_from(PIECES), max_size=40).map("".join)))
def test_no_reader_raises(text: str) -> None:
    for read in READERS.values():
        read(text)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_spans_point_at_their_text_and_bounds_are_ordered(text: str) -> None:
    for amount in reading.find_amounts(text):
        assert text[amount.start : amount.end] == amount.text
        assert amount.low_fen <= amount.high_fen
        assert amount.vague or amount.low_fen == amount.high_fen
    for period in reading.find_periods(text):
        assert text[period.start : period.end] == period.text
        assert 0 <= period.low <= period.high
    for mention in reading.find_dates(text, TODAY):
        assert text[mention.start : mention.end] == mention.text
        assert mention.earliest is None or mention.latest is None or mention.earliest <= mention.latest


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_mentions_do_not_overlap(text: str) -> None:
    for found in (
        reading.find_amounts(text),
        reading.find_periods(text),
        reading.find_dates(text, TODAY),
        reading.find_rates(text),
    ):
        places = [(mention.start, mention.end) for mention in found]
        assert all(before[1] <= after[0] for before, after in pairwise(places))


@settings(max_examples=300, deadline=None)
@given(
    st.dates(date(1990, 1, 1), date(2100, 12, 31)),
    st.sampled_from(["9号", "31号", "月底", "12月8号", "下周二", "三个月前", "年底", "国庆"]),
)
def test_days_lie_on_the_side_that_is_preferred(today: date, text: str) -> None:
    (ahead,) = reading.find_dates(text, today, "future")
    if text not in ("三个月前",):
        assert ahead.latest is not None
        assert ahead.latest >= today
    (behind,) = reading.find_dates(text, today, "past")
    if text not in ("下周二",):
        assert behind.earliest is not None
        assert behind.earliest <= today


def test_no_day_outside_the_calendar_is_an_error() -> None:
    for today in (date(1, 1, 1), date(9999, 12, 31)):
        for text in (
            "下个月",
            "上个月",
            "三个月前",
            "999年后",
            "999天前",
            "昨天",
            "明天",
            "上周一",
            "下周",
            "去年",
            "明年",
            "12月8号",
            "31号",
            "月初",
        ):
            reading.find_dates(text, today)
            reading.find_dates(text, today, "past")


@pytest.mark.parametrize(
    "unit",
    [
        "9",
        "三",
        "十",
        "万",
        "0",
        "一百",
        "3万5",
        "三千五，",
        "1,",
        "1.",
        "5-",
        "，",
        " ",
        "a",
        "不是",
        "改成",
        "逾期",
        "三点五",
        "嗯",
        "没有",
        "18%",
        "6222 ",
    ],
)
def test_long_text_takes_no_time(unit: str) -> None:
    reading.normalise("先装好字典")
    text = (unit * 10_000)[:10_000]
    for name, read in READERS.items():
        best = min(_seconds(read, text) for _ in range(3))
        assert best < LIMIT_SECONDS, name


def _seconds(read: Callable[[str], object], text: str) -> float:
    started = time.perf_counter()
    read(text)
    return time.perf_counter() - started
