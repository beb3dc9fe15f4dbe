"""Spans of time and numbers of instalments: 分12期, 三个月, 一年半, 逾期18天, 两三个月."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from bot.reading.characters import MAX_READ, PAIR, PLAIN
from bot.reading.numerals import read_numeral

PeriodKind = Literal["instalments", "months", "days"]


@dataclass(frozen=True)
class Period:
    """A length: ``low`` to ``high`` instalments, months or days.

    ``vague``: ask back. ``approximate``: 大概, 左右.
    ``overdue``: the words beside it say that this long has been overdue or unpaid.
    """

    kind: PeriodKind
    low: int
    high: int
    vague: bool
    start: int
    end: int
    text: str
    overdue: bool = False
    approximate: bool = False


class _Count(NamedTuple):
    low: int
    high: int
    vague: bool


_ARABIC = r"(?<![0-9.,/:])[0-9]{1,4}"
_CHINESE = (
    rf"(?<![一二三四五六七八九十零])(?:(?<![千万]){PLAIN}百(?:零{PLAIN}|{PLAIN}十{PLAIN}?)?"
    f"|(?:{PAIR}|{PLAIN})?十(?:{PAIR}|{PLAIN}|几)?|几十{PLAIN}?|{PAIR}|{PLAIN}|俩|几"
    f"|数十|数|(?<=[千万百]{PLAIN}){PLAIN})"
)
_ONE = rf"(?:{_ARABIC}|{_CHINESE})"
_BOTH = rf"(?P<low>{_ONE})(?:(?:[-~—–到至、或]|或者)(?P<high>[0-9]{{1,4}}|{_CHINESE}))?(?P<more>[多来])?"
_NOT_BEFORE = r"(?<!第)(?<!每)(?<!上)(?<!头)"
_COUNTED = re.compile(
    f"{_NOT_BEFORE}{_BOTH}(?P<half0>个半)?(?P<unit>期(?![限间望待末货])|个多?月"
    "|(?<=个半)月|月(?=没还|没有还|未还|逾期)"
    "|个?多?(?:星期|礼拜)(?![一二三四五六日天几])|周(?![一二三四五六日天末几转岁])"
    "|天(?!天)|日(?=[内外]|没还|未还)"
    r"|年多?(?![0-9一二三四五六七八九十]{1,2}月)(?![级化利息薪底初终收费付末代月份前后]))(?P<half>半)?"
    rf"(?P<rest>[零又]?(?P<months>[0-9]{{1,2}}|{PLAIN}|十{PLAIN}?)个月(?!前))?(?P<later>多(?!少))?"
)
_YEAR_AGO = re.compile(rf"{_NOT_BEFORE}{_BOTH}(?P<unit>年)(?P<half>半)?(?=[前后])")
_HALVES = re.compile(
    r"(?P<halfyear>(?<![一二两三四五六七八九十几0-9上下前后大])半年(?P<y>多)?)"
    "|(?P<halfmonth>(?<![上下前后])半个?月(?P<m>多)?(?!刊))|(?P<odd>个把月|个把星期"
    "|个把礼拜|俩月|仨月|一季度|一个季度)"
)
_OVERDUE_BEFORE = re.compile(
    "(?P<no>没有?|未|不会?|[会要快想别将]|如果|可以|能)?(?P<word>逾期|超期|过期|晚了"
    "|迟了|拖了|拖欠|欠了|断供|没还|没有还|未还|没还款)"
    r"(?:到现在|到今天|至今)?[了有已经大概约差不多快都得将近是也接]{0,6}$"
)
_OVERDUE_AFTER = re.compile("^[左右了都一直还就全也]{0,3}(?:逾期|没还|没有还|未还|没能还|还不上|没钱还)(?![清完])")
_ABOUT_BEFORE = re.compile("(?:大概|大约|差不多|将近|接近|(?<![预])约|估计|可能|好像|快)(?:有|是|要|都|就)?$")
_ABOUT_AFTER = re.compile(r"^(?:左右|上下|差不多|的样子)")
_MORE_THAN = re.compile(r"(?:超过|不到|不足|不止|至少|起码|多于|少于|好)(?:了|有)?$")
_MORE_AFTER = re.compile(r"^(?:以上|以下|以内|之内|不到|出头)")
_A_MONTH = re.compile("(?:要|得|该|大概|大约)?(?:还|交|付)?(?:多少|几(?:百|千|万|块))")
"""What makes 一个月 mean "each month" and no length."""
_MAX_FOUND = 100


def find_periods(text: str) -> list[Period]:
    """Every length in ``text``, first to last. 第3期, 每3个月 and the year 2026年 are none."""
    text = text[:MAX_READ]
    found: list[Period] = []
    readers: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Period | None]], ...] = (
        (_COUNTED, _counted),
        (_YEAR_AGO, _counted),
        (_HALVES, _halves),
    )
    for pattern, read in readers:
        for number, match in enumerate(pattern.finditer(text)):
            period = read(match) if number < _MAX_FOUND else None
            if period is not None:
                found.append(_in_context(period, text))
    chosen: list[Period] = []
    for period in sorted(found, key=lambda period: (period.start, -period.end)):
        if not chosen or period.start >= chosen[-1].end:
            chosen.append(period)
    return chosen


def _counted(match: re.Match[str]) -> Period | None:
    groups = match.groupdict()
    count, unit = _bounds(groups["low"], groups.get("high"), groups.get("more")), groups["unit"]
    if count is None or (unit.startswith("年") and count.high > 100):
        return None
    if groups["low"] == "几" and unit == "期":
        return None  # 能分几期 asks
    if groups["low"] in ("一", "1") and unit == "个月" and _A_MONTH.match(match.string, match.end()):
        return None  # 12期的话一个月多少
    if groups.get("half0"):
        return _month_and_half(match, count)
    if unit == "期":
        kind, factor, extra = "instalments", 1, 0
    elif "年" in unit:
        kind, factor, extra = "months", 12, 6 if groups.get("half") else 0
    elif "月" in unit:
        kind, factor, extra = "months", 1, 0
    else:
        kind, factor, extra = "days", 1 if unit[0] in "天日" else 7, 0
    return _scaled(match, count, kind, factor, extra)  # type: ignore[arg-type]


def _scaled(match: re.Match[str], count: _Count, kind: PeriodKind, factor: int, extra: int) -> Period | None:
    """``count`` times ``factor`` days or months, with 半, 零三个月 and 多 after it."""
    groups = match.groupdict()
    if groups.get("rest") and match["unit"].startswith("年"):
        rest = _bounds(groups["months"], None, None)
        if rest is None:
            return None
        count = _Count(count.low, count.high, count.vague or rest.vague)
        extra += rest.low
    end = match.start("rest") if groups.get("rest") and not match["unit"].startswith("年") else match.end()
    if groups.get("half") and not match["unit"].startswith("年"):
        end = match.start("half")
    low, high = count.low * factor + extra, count.high * factor + extra
    more = "多" in match["unit"] or (groups.get("later") and end == match.end())
    if more:
        high += factor - 1 if factor > 1 else 1
    return Period(kind, low, high, count.vague or bool(more), match.start(), end, match.string[match.start() : end])


def _month_and_half(match: re.Match[str], count: _Count) -> Period | None:
    """一个半月 is 45 days."""
    if "月" not in match["unit"]:
        return None
    low, high = count.low * 30 + 15, count.high * 30 + 15
    return Period("days", low, high, count.vague, match.start(), match.end(), match[0])


def _halves(match: re.Match[str]) -> Period:
    def made(kind: PeriodKind, low: int, high: int, vague: bool) -> Period:
        return Period(kind, low, high, vague, match.start(), match.end(), match[0])

    if match["halfyear"]:
        return made("months", 6, 11 if match["y"] else 6, bool(match["y"]))
    if match["halfmonth"]:
        return made("days", 15, 29 if match["m"] else 15, bool(match["m"]))
    exact = {"俩月": 2, "仨月": 3, "一季度": 3, "一个季度": 3}.get(match["odd"])
    if exact:
        return made("months", exact, exact, False)
    return made("months", 1, 2, True) if match["odd"] == "个把月" else made("days", 7, 14, True)


def _bounds(low: str, high: str | None, more: str | None) -> _Count | None:
    """A count from its words: 十二 · 两三 (2 to 3) · 十几 (11 to 19) · 三到六 · 十来."""
    first = _one(low)
    if first is None:
        return None
    if high is not None:
        second = _one(high)
        if second is None:
            return None
        return _Count(min(first.low, second.low), max(first.high, second.high), True)
    if more:
        return _Count(first.low, first.low + (9 if first.low % 10 == 0 else 1), True)
    return first


def _one(written: str) -> _Count | None:
    written = written.replace("俩", "两").replace("数", "几")
    if written == "几":
        return _Count(2, 9, True)
    if "几" in written:
        low, high = read_numeral(written.replace("几", "一")), read_numeral(written.replace("几", "九"))
        return None if low is None or high is None else _Count(int(low), int(high) + 9 * written.startswith("几"), True)
    value = read_numeral(written.lstrip("0") or "0")
    if value is not None:
        return _Count(int(value), int(value), False)
    for at in range(len(written) - 1):  # 七八, 十五六, 三四十
        low, high = (
            read_numeral(written[: at + 1] + written[at + 2 :]),
            read_numeral(written[:at] + written[at + 1 :]),
        )
        if low is not None and high is not None and 0 < high - low <= 20:
            return _Count(int(low), int(high), True)
    return None


def _in_context(period: Period, text: str) -> Period:
    before, after = text[max(0, period.start - 14) : period.start], text[period.end : period.end + 10]
    overdue = _OVERDUE_BEFORE.search(before)
    late = bool(overdue and not overdue["no"]) or bool(_OVERDUE_AFTER.match(after))
    about = bool(_ABOUT_BEFORE.search(before)) or bool(_ABOUT_AFTER.match(after))
    vague = period.vague or bool(_MORE_THAN.search(before)) or bool(_MORE_AFTER.match(after))
    return replace(period, vague=vague, overdue=late and period.kind != "instalments", approximate=about)
