"""Days in sentences, read on Monday 23 November 2026."""

from __future__ import annotations

from datetime import date

import pytest

from bot.reading import DateMention, find_dates, normalise
from bot.reading.calendar_days import Prefer

TODAY = date(2026, 11, 23)

DAYS: list[tuple[str, str]] = [
    ("2027-03-01", "2027-03-01"), ("2027年3月1日", "2027-03-01"), ("2027.3.1还清", "2027-03-01"),
    ("2027/3/1", "2027-03-01"), ("2027年3月1号能还", "2027-03-01"), ("二零二七年三月一号", "2027-03-01"),
    ("明年3月1号", "2027-03-01"), ("今年12月5号", "2026-12-05"), ("12月8号", "2026-12-08"),
    ("12月8日还", "2026-12-08"), ("12月8还", "2026-12-08"), ("十二月八号", "2026-12-08"),
    ("1月5号", "2027-01-05"), ("三月十五号", "2027-03-15"), ("11月23号", "2026-11-23"),
    ("11月22号", "2027-11-22"), ("12.8号还", "2026-12-08"), ("下个月15号", "2026-12-15"),
    ("下月5号", "2026-12-05"), ("下下个月3号", "2027-01-03"), ("这个月28号", "2026-11-28"),
    ("本月30号", "2026-11-30"), ("本月20", "2026-11-20"), ("上个月10号", "2026-10-10"),
    ("上月二十五号", "2026-10-25"), ("下个月十五号还", "2026-12-15"), ("明天", "2026-11-24"),
    ("后天", "2026-11-25"), ("大后天", "2026-11-26"), ("今天", "2026-11-23"), ("昨天", "2026-11-22"),
    ("前天", "2026-11-21"), ("大前天", "2026-11-20"), ("明晚", "2026-11-24"), ("今晚能还", "2026-11-23"),
    ("下周二", "2026-12-01"), ("下周一", "2026-11-30"), ("上周三", "2026-11-18"), ("这周五", "2026-11-27"),
    ("本周日", "2026-11-29"), ("下下周一", "2026-12-07"), ("下星期三", "2026-12-02"),
    ("下个礼拜天", "2026-12-06"), ("周五", "2026-11-27"), ("星期四", "2026-11-26"), ("月底", "2026-11-30"),
    ("这个月底", "2026-11-30"), ("本月底", "2026-11-30"), ("月末", "2026-11-30"),
    ("下个月底", "2026-12-31"), ("下月底", "2026-12-31"), ("12月底", "2026-12-31"),
    ("明年2月底", "2027-02-28"), ("花呗5000月底还", "2026-11-30"), ("下个月最后一天", "2026-12-31"),
    ("三天后", "2026-11-26"), ("3天后", "2026-11-26"), ("10天之后", "2026-12-03"),
    ("十五天以后", "2026-12-08"), ("再过两天", "2026-11-25"), ("三天前", "2026-11-20"),
    ("20天前", "2026-11-03"), ("元旦", "2027-01-01"), ("双十二", "2026-12-12"),
]  # fmt: skip

PAST_DAYS: list[tuple[str, str]] = [
    ("11月5号逾期的", "2026-11-05"), ("12月8号", "2025-12-08"), ("1月5号开始", "2026-01-05"),
    ("11月23号", "2026-11-23"), ("月底", "2026-11-30"), ("上周五", "2026-11-20"), ("周五", "2026-11-20"),
    ("2025年8月9日", "2025-08-09"), ("去年8月9号", "2025-08-09"),
]  # fmt: skip

DAYS_OF_MONTH: list[tuple[str, int, str]] = [
    ("9号", 9, "2026-12-09"), ("每月9号", 9, "2026-12-09"), ("每个月10号发工资", 10, "2026-12-10"),
    ("二十五号", 25, "2026-11-25"), ("廿五号", 25, "2026-11-25"), ("23号", 23, "2026-11-23"),
    ("22号", 22, "2026-12-22"), ("31号", 31, "2026-12-31"), ("15日", 15, "2026-12-15"),
    ("三千五号还", 5, "2026-12-05"), ("还款日是20号", 20, "2026-12-20"), ("每月都是8号", 8, "2026-12-08"),
    ("十号", 10, "2026-12-10"),
]  # fmt: skip

VAGUE_RANGES: list[tuple[str, str | None, str | None]] = [
    ("下周", "2026-11-30", "2026-12-06"), ("这周", "2026-11-23", "2026-11-29"),
    ("下周末", "2026-12-05", "2026-12-06"), ("月初", "2026-12-01", "2026-12-10"),
    ("月中", "2026-12-11", "2026-12-20"), ("下个月", "2026-12-01", "2026-12-31"),
    ("下个月初", "2026-12-01", "2026-12-10"), ("下个月中旬", "2026-12-11", "2026-12-20"),
    ("12月", "2026-12-01", "2026-12-31"), ("3月份", "2027-03-01", "2027-03-31"),
    ("明年3月", "2027-03-01", "2027-03-31"), ("年底", "2026-12-01", "2026-12-31"),
    ("今年", "2026-01-01", "2026-12-31"), ("明年", "2027-01-01", "2027-12-31"),
    ("明年年初", "2027-01-01", "2027-02-28"), ("15号前", None, "2026-12-15"),
    ("12月15号之前", None, "2026-12-15"), ("月底前", None, "2026-11-30"), ("15号以后", "2026-12-15", None),
    ("国庆后", "2027-10-07", None), ("元旦前", None, "2027-01-01"),
    ("10号到15号", "2026-12-10", "2026-12-15"), ("10-15号", "2026-12-10", "2026-12-15"),
    ("十五六号", None, None), ("十几号", None, None), ("二十几号", None, None), ("春节后", None, None),
    ("过完年", None, None), ("大年初一", None, None), ("过几天", None, None), ("这两天", None, None),
    ("过段时间", None, None), ("一周内", "2026-11-23", "2026-11-30"),
    ("三天内", "2026-11-23", "2026-11-26"), ("下周五之前", None, "2026-12-04"), ("每周五", None, None),
]  # fmt: skip

VAGUE_DAYS: list[tuple[str, str]] = [
    ("三个月前", "2026-08-23"), ("两个月后", "2027-01-23"), ("半个月后", "2026-12-08"),
    ("半年前", "2026-05-23"), ("一年后", "2027-11-23"), ("两周后", "2026-12-07"), ("周一", "2026-11-23"),
]  # fmt: skip

INVALID = [
    "45号",
    "每月45号",
    "0号",
    "2月30日",
    "2月30号",
    "13月5号",
    "4月31号",
    "2027-02-29",
    "2027年13月1日",
    "下个月32号",
    "明年2月29号",
]

NONE = [
    "三千", "一个月三千", "12期", "三个月", "逾期30日", "每日利息", "8000月供", "账号", "1号楼", "尾号1234",
    "12月8千", "以后天天还", "五年", "半年", "百分之五", "18%", "13812345678", "一万二", "还没发工资",
    "公司没发工资", "", "万一", "第9期", "周转不开", "周期", "月供三千", "月收入5000", "每月还2000",
    "我想协商", "3.5",
]  # fmt: skip


def read(text: str, prefer: Prefer = "future") -> list[DateMention]:
    return find_dates(normalise(text), TODAY, prefer)


def day(written: str | None) -> date | None:
    return None if written is None else date.fromisoformat(written)


@pytest.mark.parametrize(("text", "expected"), DAYS)
def test_days_ahead(text: str, expected: str) -> None:
    (mention,) = read(text)
    assert (mention.kind, mention.earliest, mention.latest) == ("day", day(expected), day(expected))
    assert not mention.vague
    assert not mention.invalid


@pytest.mark.parametrize(("text", "expected"), PAST_DAYS)
def test_days_behind(text: str, expected: str) -> None:
    mention = read(text, "past")[0]
    if text == "月底":  # the end of this month has not come; the last one was in October
        expected = "2026-10-31"
    assert (mention.earliest, mention.latest) == (day(expected), day(expected))


@pytest.mark.parametrize(("text", "number", "expected"), DAYS_OF_MONTH)
def test_days_of_the_month(text: str, number: int, expected: str) -> None:
    (mention,) = read(text)
    assert (mention.kind, mention.day_of_month, mention.earliest) == ("day_of_month", number, day(expected))
    assert not mention.vague


def test_a_day_of_the_month_behind() -> None:
    assert read("9号", "past")[0].earliest == date(2026, 11, 9)
    assert read("31号", "past")[0].earliest == date(2026, 10, 31)
    assert read("23号", "past")[0].earliest == TODAY


@pytest.mark.parametrize(("text", "earliest", "latest"), VAGUE_RANGES)
def test_ranges_are_vague(text: str, earliest: str | None, latest: str | None) -> None:
    (mention,) = read(text)
    assert (mention.kind, mention.earliest, mention.latest) == ("range", day(earliest), day(latest))
    assert mention.vague


@pytest.mark.parametrize(("text", "expected"), VAGUE_DAYS)
def test_distances_in_months_are_vague(text: str, expected: str) -> None:
    (mention,) = read(text)
    assert (mention.earliest, mention.latest, mention.vague) == (day(expected), day(expected), True)


@pytest.mark.parametrize("text", INVALID)
def test_days_that_do_not_exist_can_be_questioned(text: str) -> None:
    (mention,) = read(text)
    assert mention.invalid
    assert mention.vague
    assert (mention.earliest, mention.latest, mention.day_of_month) == (None, None, None)


@pytest.mark.parametrize(
    "text", ["发工资那天", "等发工资", "发了工资就还", "工资到账后", "发薪日", "下个月发工资的时候"]
)
def test_paydays(text: str) -> None:
    (mention,) = read(text)
    assert (mention.kind, mention.vague, mention.earliest) == ("payday", True, None)


@pytest.mark.parametrize("text", NONE)
def test_no_dates(text: str) -> None:
    assert read(text) == []


def test_the_last_day_of_every_month_is_asked_about() -> None:
    (mention,) = read("每月月底发")
    assert (mention.kind, mention.day_of_month, mention.vague) == ("day_of_month", 31, True)


def test_about_a_day_is_vague() -> None:
    (mention,) = read("每月15号左右")
    assert (mention.day_of_month, mention.vague) == (15, True)


def test_relative_days_have_no_day_of_the_month() -> None:
    assert [mention.day_of_month for mention in read("明天，下周二，月底，三天后")] == [None] * 4


def test_several_in_one_sentence() -> None:
    text = "花呗9号还，借呗下个月15号还，12月8号发工资"
    mentions = read(text)
    assert [mention.day_of_month for mention in mentions] == [9, 15, 8]
    assert all(text[m.start : m.end] == m.text for m in mentions)


def test_leap_days_and_short_months() -> None:
    assert find_dates("2月29号", date(2028, 1, 5))[0].earliest == date(2028, 2, 29)
    assert find_dates("一个月后", date(2027, 1, 31))[0].earliest == date(2027, 2, 28)
    assert find_dates("下个月31号", date(2027, 1, 31))[0].invalid
