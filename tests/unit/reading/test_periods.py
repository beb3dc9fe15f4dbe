"""Lengths of time and numbers of instalments in sentences."""

from __future__ import annotations

import pytest

from bot.reading import Period, find_periods, normalise

EXACT: list[tuple[str, str, int]] = [
    ("12期", "instalments", 12), ("分12期", "instalments", 12), ("分十二期", "instalments", 12),
    ("二十四期", "instalments", 24), ("六十期", "instalments", 60), ("想分36期还", "instalments", 36),
    ("三期", "instalments", 3), ("三千六期", "instalments", 6), ("5千12期", "instalments", 12),
    ("三个月", "months", 3), ("3个月", "months", 3), ("12个月", "months", 12), ("十二个月", "months", 12),
    ("半年", "months", 6), ("一年", "months", 12), ("一年半", "months", 18), ("两年", "months", 24),
    ("两年半", "months", 30), ("一年零三个月", "months", 15), ("一年三个月", "months", 15),
    ("1年", "months", 12), ("俩月", "months", 2), ("三千一个月", "months", 1), ("一个季度", "months", 3),
    ("15天", "days", 15), ("三天", "days", 3), ("一周", "days", 7), ("两周", "days", 14),
    ("两星期", "days", 14), ("一个星期", "days", 7), ("三个礼拜", "days", 21), ("半个月", "days", 15),
    ("半月", "days", 15), ("一个半月", "days", 45), ("一百二十天", "days", 120),
    ("三百六十五天", "days", 365), ("九十天", "days", 90), ("二十一天", "days", 21),
]  # fmt: skip

VAGUE: list[tuple[str, str, int, int]] = [
    ("两三个月", "months", 2, 3), ("几个月", "months", 2, 9), ("个把月", "months", 1, 2),
    ("十几天", "days", 11, 19), ("几天", "days", 2, 9), ("一个多月", "months", 1, 2),
    ("三个多月", "months", 3, 4), ("半年多", "months", 6, 11), ("两年多", "months", 24, 35),
    ("三十多天", "days", 30, 39), ("三到六个月", "months", 3, 6), ("3-5天", "days", 3, 5),
    ("12到24期", "instalments", 12, 24), ("三五天", "days", 3, 5), ("一两周", "days", 7, 14),
    ("十五六天", "days", 15, 16), ("超过三个月", "months", 3, 3), ("不到一年", "months", 12, 12),
    ("十来天", "days", 10, 19), ("三个月以上", "months", 3, 3),
]  # fmt: skip

OVERDUE: list[tuple[str, str, int]] = [
    ("逾期18天", "days", 18), ("逾期了18天", "days", 18), ("已经逾期两个月了", "months", 2),
    ("逾期大概三个月", "months", 3), ("晚了3天", "days", 3), ("拖了半年", "months", 6),
    ("欠了三个月", "months", 3), ("超期十天", "days", 10), ("三个月没还了", "months", 3),
    ("已经两个月没还款", "months", 2), ("20天逾期了", "days", 20), ("有一年没还", "months", 12),
    ("花呗逾期了一百二十天", "days", 120), ("逾期一周", "days", 7), ("逾期到现在有45天", "days", 45),
    ("逾期30天", "days", 30), ("逾期18天多少利息", "days", 18),
]  # fmt: skip

NOT_OVERDUE = [
    "三个月",
    "没逾期三天",
    "会逾期三天吗",
    "还要三个月",
    "宽限3天",
    "想延期两个月",
    "分12期",
    "借了半年",
    "工作了三年",
]

NONE = [
    "第3期", "第三个月", "2026年", "今年", "每个月", "每三个月", "上个月", "下个月", "9号", "3月",
    "12月8号", "周一", "下周二", "星期五", "天天", "三千", "5000元", "3个孩子", "一个人", "18%", "年化18",
    "期限", "能分几期", "26年12月1号", "一年级", "", "个月", "期", "上半年", "逾期",
]  # fmt: skip


def read(text: str) -> list[Period]:
    return find_periods(normalise(text))


@pytest.mark.parametrize(("text", "kind", "length"), EXACT)
def test_exact(text: str, kind: str, length: int) -> None:
    (period,) = read(text)
    assert (period.kind, period.low, period.high, period.vague) == (kind, length, length, False)


@pytest.mark.parametrize(("text", "kind", "low", "high"), VAGUE)
def test_vague(text: str, kind: str, low: int, high: int) -> None:
    (period,) = read(text)
    assert (period.kind, period.low, period.high, period.vague) == (kind, low, high, True)


@pytest.mark.parametrize(("text", "kind", "length"), OVERDUE)
def test_overdue(text: str, kind: str, length: int) -> None:
    (period,) = read(text)
    assert (period.kind, period.low, period.overdue) == (kind, length, True)


@pytest.mark.parametrize("text", NOT_OVERDUE)
def test_not_overdue(text: str) -> None:
    (period,) = read(text)
    assert not period.overdue


@pytest.mark.parametrize("text", NONE)
def test_none(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("text", ["大概三个月", "三个月左右", "差不多十天", "快三个月了"])
def test_approximate(text: str) -> None:
    (period,) = read(text)
    assert period.approximate
    assert not period.vague


def test_several_and_their_places() -> None:
    text = "花呗逾期18天，借呗逾期两个月，想分24期"
    periods = read(text)
    assert [(p.kind, p.low, p.overdue) for p in periods] == [
        ("days", 18, True),
        ("months", 2, True),
        ("instalments", 24, False),
    ]
    assert all(text[p.start : p.end] == p.text for p in periods)
