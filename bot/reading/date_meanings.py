"""What each pattern of ``date_words.py`` means on a given day."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from bot.reading.calendar_days import (
    Prefer,
    add_days,
    add_months,
    day_or_none,
    month_first,
    month_last,
    nearest_day,
    nearest_year,
    week_start,
    year_near,
)
from bot.reading.numerals import read_numeral

DateKind = Literal["day", "day_of_month", "range", "payday"]


@dataclass(frozen=True)
class DateMention:
    """A day or a span of days, both ends inclusive; None where an end is open or not known.

    ``vague``: ask back. ``invalid``: there is no such day (45号, 2月30日).
    ``day_of_month``: 1 to 31, only where the day's number is said.
    """

    kind: DateKind
    earliest: date | None
    latest: date | None
    day_of_month: int | None
    vague: bool
    start: int
    end: int
    text: str
    invalid: bool = False


@dataclass(frozen=True)
class Reader:
    """The day it is, and whether unsaid months and years lie ahead or behind."""

    today: date
    prefer: Prefer

    def ahead(self) -> bool:
        return self.prefer == "future"


Meaning = Callable[[Reader, re.Match[str]], DateMention | None]
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
_NEAR = {"大后": 3, "后天": 2, "明": 1, "今": 0, "当": 0, "昨": -1, "前天": -2, "大前": -3}
_MONTHS_OFF = {"这": 0, "本": 0, "当": 0, "下下": 2, "下": 1, "上上": -2, "上": -1}
_YEARS_OFF = {"今年": 0, "明年": 1, "去年": -1, "后年": 2, "前年": -2}
_PARTS = {
    "底": None,
    "末": None,
    "月底": None,
    "月末": None,
    "最后一天": None,
    "初": (1, 10),
    "月初": (1, 10),
    "上旬": (1, 10),
    "中": (11, 20),
    "中旬": (11, 20),
    "下旬": (21, 31),
    "上半月": (1, 15),
    "下半月": (16, 31),
}
_SEASONS: dict[str, tuple[int, int, int, int]] = {
    "年底": (12, 1, 12, 31),
    "年末": (12, 1, 12, 31),
    "岁末": (12, 1, 12, 31),
    "年初": (1, 1, 2, 28),
    "元旦": (1, 1, 1, 1),
    "五一": (5, 1, 5, 5),
    "劳动节": (5, 1, 5, 5),
    "国庆": (10, 1, 10, 7),
    "国庆节": (10, 1, 10, 7),
    "十一": (10, 1, 10, 7),
    "双十一": (11, 11, 11, 11),
    "双十二": (12, 12, 12, 12),
    "上半年": (1, 1, 6, 30),
    "下半年": (7, 1, 12, 31),
}


def number_of(written: str) -> int | None:
    """A month, day or count from its digits: ``08``, 十二, 廿五, 初五."""
    written = written.removeprefix("初")
    value = read_numeral(written.lstrip("0") or "0")
    return None if value is None or value != int(value) else int(value)


def _mention(
    match: re.Match[str],
    kind: DateKind,
    ends: tuple[date | None, date | None],
    *,
    day: int | None = None,
    vague: bool = False,
) -> DateMention:
    return DateMention(kind, ends[0], ends[1], day, vague, match.start(), match.end(), match[0])


def _no_such_day(match: re.Match[str], kind: DateKind = "day") -> DateMention:
    return replace(_mention(match, kind, (None, None), vague=True), invalid=True)


def with_tail(mention: DateMention, match: re.Match[str]) -> DateMention:
    """15号前 has no first day, 15号以后 no last one; 左右 and 前后 keep the day but are vague."""
    tail = match.groupdict().get("tail")
    if not tail or mention.invalid:
        return mention
    if tail in ("左右", "前后", "期间", "当天"):
        return replace(mention, vague=mention.vague or tail != "当天")
    if tail.endswith("前"):
        return replace(mention, kind="range", earliest=None, latest=mention.earliest, vague=True)
    return replace(mention, kind="range", earliest=mention.latest, latest=None, vague=True)


def _exact(match: re.Match[str], year: int, month: int, day: int) -> DateMention:
    found = day_or_none(year, month, day)
    if found is None:
        return _no_such_day(match)
    return _mention(match, "day", (found, found), day=day)


def _year_of(reader: Reader, written: str) -> int:
    if written in _YEARS_OFF:
        return year_near(reader.today, _YEARS_OFF[written])
    digits = written.removesuffix("年")
    return int(digits) if digits.isascii() else int(read_numeral(digits) or 0)


def _full(reader: Reader, match: re.Match[str]) -> DateMention | None:
    month, day = number_of(match["month"]), number_of(match["day"])
    if month is None or day is None:
        return _no_such_day(match)
    return _exact(match, _year_of(reader, match["year"]), month, day)


def _year_month(reader: Reader, match: re.Match[str]) -> DateMention | None:
    month = number_of(match["month"])
    if month is None or not 1 <= month <= 12:
        return _no_such_day(match, "range")
    return _part_of(match, date(_year_of(reader, match["year"]), month, 1), match["part"])


def _month_day(reader: Reader, match: re.Match[str]) -> DateMention | None:
    month, day = number_of(match["month"]), number_of(match["day"])
    if month is None or day is None:
        return None
    return _exact(match, nearest_year(reader.today, month, day, reader.prefer), month, day)


def _month(reader: Reader, match: re.Match[str]) -> DateMention | None:
    month = number_of(match["month"])
    if month is None or not 1 <= month <= 12:
        return _no_such_day(match, "range")
    year = nearest_year(reader.today, month, reader.today.day, reader.prefer)
    return _part_of(match, date(year, month, 1), match["part"] or match["part2"])


def _part_of(match: re.Match[str], first: date, part: str | None) -> DateMention:
    """A month, its last day, or its first, middle or last days."""
    last = month_last(first)
    if part and _PARTS[part] is None:
        return _mention(match, "day", (last, last))
    start, end = (part and _PARTS[part]) or (1, 31)
    return _mention(match, "range", (first.replace(day=start), first.replace(day=min(end, last.day))), vague=True)


def _this_month_day(reader: Reader, match: re.Match[str]) -> DateMention | None:
    first, day = (
        month_first(reader.today, _MONTHS_OFF[match["which"].removesuffix("个")]),
        number_of(match["day"]),
    )
    return None if day is None else _exact(match, first.year, first.month, day)


def _this_month(reader: Reader, match: re.Match[str]) -> DateMention | None:
    return _part_of(match, month_first(reader.today, _MONTHS_OFF[match["which"].removesuffix("个")]), match["part"])


def _every_month(reader: Reader, match: re.Match[str]) -> DateMention | None:
    if match["part"]:
        if "初" in match["part"]:
            return _mention(match, "range", (None, None), vague=True)
        last = month_last(reader.today if reader.ahead() else month_first(reader.today, -1))
        return _mention(match, "day_of_month", (last, last), day=31, vague=True)
    return _day(reader, match)


def _day(reader: Reader, match: re.Match[str]) -> DateMention | None:
    before = match.string[max(0, match.start() - 4) : match.start()]
    if "逾期" in before and match[0].endswith("日"):
        return None  # 逾期30日 is a length
    day = number_of(match["day"])
    if day is None or not 1 <= day <= 31:
        return _no_such_day(match, "day_of_month")
    near = nearest_day(reader.today, day, reader.prefer)
    return _mention(match, "day_of_month", (near, near), day=day)


def _days(reader: Reader, match: re.Match[str]) -> DateMention | None:
    first, second = number_of(match["day"]), number_of(match["day2"])
    if first is None or second is None or not (1 <= first <= 31 and 1 <= second <= 31):
        return _no_such_day(match, "range")
    ends = nearest_day(reader.today, first, reader.prefer), nearest_day(reader.today, second, reader.prefer)
    if ends[0] is None or ends[1] is None or ends[0] > ends[1]:
        ends = (None, None)
    return _mention(match, "range", ends, vague=True)


def _unknown_range(_: Reader, match: re.Match[str]) -> DateMention:
    return _mention(match, "range", (None, None), vague=True)


def _near(reader: Reader, match: re.Match[str]) -> DateMention | None:
    off = next(days for word, days in _NEAR.items() if match[0].startswith(word))
    found = add_days(reader.today, off)
    return _mention(match, "day", (found, found))


def _week(reader: Reader, match: re.Match[str]) -> DateMention | None:
    which = (match["which"] or match["whole"] or "").removesuffix("个")
    if which == "每":
        return _unknown_range(reader, match)
    monday, weekday = week_start(reader.today, _MONTHS_OFF.get(which, 0)), match["weekday"]
    if weekday is None:
        return _mention(match, "range", (monday, add_days(monday, 6)), vague=True)
    if weekday == "末":
        return _mention(match, "range", (add_days(monday, 5), add_days(monday, 6)), vague=True)
    found = add_days(monday, _WEEKDAYS[weekday])
    if not which and found is not None and found != reader.today and (found < reader.today) == reader.ahead():
        found = add_days(found, 7 if reader.ahead() else -7)
    return _mention(match, "day", (found, found), vague=not which and found == reader.today)


def _month_end(reader: Reader, match: re.Match[str]) -> DateMention | None:
    mention = _part_of(match, month_first(reader.today, 0), match["part"])
    if reader.ahead() and mention.latest is not None and mention.latest < reader.today:
        return _part_of(match, month_first(reader.today, 1), match["part"])
    if not reader.ahead() and mention.earliest is not None and mention.earliest > reader.today:
        return _part_of(match, month_first(reader.today, -1), match["part"])
    return mention


def _distance(reader: Reader, match: re.Match[str]) -> DateMention | None:
    groups = match.groupdict()
    if re.search("逾期|超期|晚", match.string[max(0, match.start() - 4) : match.start()]):
        return None
    way = groups.get("way") or "后"
    found = _away(reader.today, groups["n"], groups["unit"], -1 if way.endswith("前") else 1)
    if found is None:
        return None
    if way.endswith("内"):
        return _mention(match, "range", (reader.today, found), vague=True)
    vague = not groups["unit"].startswith(("天", "日")) or bool(groups.get("more") or groups.get("about"))
    return _mention(match, "day", (found, found), vague=vague)


def _away(today: date, written: str, unit: str, sign: int) -> date | None:
    half = written == "半"
    count = 1 if half else number_of(written)
    if count is None:
        return None
    if unit.startswith("年"):
        return add_months(today, sign * (6 if half else 12 * count))
    if "月" in unit:
        return add_days(today, sign * 15) if half else add_months(today, sign * count)
    return None if half else add_days(today, sign * count * (1 if unit[0] in "天日" else 7))


def _payday(_: Reader, match: re.Match[str]) -> DateMention:
    return _mention(match, "payday", (None, None), vague=True)


def _whole_year(reader: Reader, match: re.Match[str]) -> DateMention | None:
    year, part = _year_of(reader, match["year"]), match["part"] or ""
    first, last = {"底": (12, 12), "末": (12, 12), "初": (1, 2), "上": (1, 6), "下": (7, 12)}.get(
        part.removeprefix("年")[:1], (1, 12)
    )
    return _mention(match, "range", (date(year, first, 1), month_last(date(year, last, 1))), vague=True)


def _season(reader: Reader, match: re.Match[str]) -> DateMention | None:
    season = _SEASONS.get(match["name"])
    if season is None:
        return _unknown_range(reader, match)
    month, day, last_month, last_day = season
    edge = (last_month, last_day) if reader.ahead() else (month, day)
    year = nearest_year(reader.today, *edge, reader.prefer)
    first, last = date(year, month, day), date(year, last_month, last_day)
    kind: DateKind = "day" if first == last else "range"
    return _mention(match, kind, (first, last), vague=first != last)


MEANINGS: dict[str, Meaning] = {
    "full": _full,
    "full_cn": _full,
    "year_month_day": _full,
    "year_month": _year_month,
    "month_day": _month_day,
    "point_day": _month_day,
    "month": _month,
    "this_month_day": _this_month_day,
    "this_month": _this_month,
    "every_month": _every_month,
    "days": _days,
    "some_days": _unknown_range,
    "day": _day,
    "lunar_day": _unknown_range,
    "near": _near,
    "week": _week,
    "month_end": _month_end,
    "distance": _distance,
    "over": _distance,
    "soon": _unknown_range,
    "payday": _payday,
    "whole_year": _whole_year,
    "season": _season,
}
