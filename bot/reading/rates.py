"""Interest rates as people state them: 日息万五, 日利率0.05%, 年化18, 月息2分, 年利率百分之十八点二五."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from bot.reading.characters import DIGIT_VALUES, MAX_READ
from bot.reading.numerals import read_numeral

RateKind = Literal["daily", "monthly", "annual", "unknown"]


@dataclass(frozen=True)
class Rate:
    """A rate. ``value`` is a fraction: 0.05 % is ``Decimal("0.0005")``.

    ``unknown``: whether it is for a day, a month or a year is not said.
    """

    kind: RateKind
    value: Decimal
    start: int
    end: int
    text: str


_D = "".join(DIGIT_VALUES) + "零〇"
_ARABIC = r"(?<![0-9.])[0-9]{1,6}(?:\.[0-9]{1,8})?"
_SPOKEN = rf"[{_D}十百]{{1,5}}(?:点[{_D}]{{1,6}})?"
_SHARE = re.compile(rf"(?P<of>[百千万])分之(?P<share>[0-9]{{1,6}}(?:\.[0-9]{{1,8}})?|{_SPOKEN})")
_PERCENT = re.compile(rf"(?P<number>{_ARABIC})(?P<sign>[%％‰]|个点)|(?P<spoken>{_SPOKEN})个点")
_CONTEXT = (
    "(?P<per>日|每日|每天|一天|按日|月|每月|每个月|按月|年|年化|每年|一年|综合年化|APR"
    "|apr|IRR|irr)?的?(?:综合)?"
    r"(?P<what>利率|利息率|费率|利息|息费|手续费|化率|化利率|化|利|息|罚息)?(?:率)?(?:大概|大约|约|差不多)?"
    r"(?:就是|是|为|有|收|算|按|要|到|才|:|：|=)*"
)
_BEFORE = re.compile(_CONTEXT + "$")
_TEN_THOUSANDTHS = re.compile(
    rf"(?:利率|费率|利息|息|手续费|每天|每日)(?:是|为|按|收|算|:|：)?"
    r"(?P<written>(?P<of>[万千])(?P<share>[0-9]{1,3}(?:\.[0-9]{1,4})?"
    f"|[{_D}](?:点[{_D}]{{1,4}})?))(?![0-9{_D}十百千万元块])"
)
_FEN = re.compile(
    rf"月(?:息|利率|利息|利)(?:是|为|按|收|算)?"
    r"(?P<written>(?P<share>[0-9]{1,2}(?:\.[0-9]{1,2})?"
    f"|[{_D}](?:点[{_D}]{{1,2}})?)(?P<of>分|厘)(?P<half>[{_D}半])?)"
)
_BARE_ANNUAL = re.compile(
    r"(?:年化(?:利率|率)?|年利率|APR|apr|IRR|irr)(?:大概|大约|差不多|约)?(?:就是|是|为|有|到|:|：)?"
    rf"(?P<written>[0-9]{{1,3}}(?:\.[0-9]{{1,4}})?|{_SPOKEN})(?![0-9.%％‰{_D}十百千万元块wWkK年月期天])"
)
_SCALES = {"百": 100, "千": 1000, "万": 10000}
_PERIODS: tuple[tuple[str, RateKind], ...] = (
    ("日", "daily"),
    ("天", "daily"),
    ("月", "monthly"),
    ("年", "annual"),
)
_REACH = 16
_RANGE = re.compile("[-~—到至]")


def find_rates(text: str) -> list[Rate]:
    """The rates in ``text``, first to last. The kind is known only when the words before say so."""
    text = text[:MAX_READ]
    found: list[Rate] = []
    for rate in sorted(_candidates(text), key=lambda rate: (rate.start, -rate.end)):
        if not found or rate.start >= found[-1].end:
            joined = found and _RANGE.fullmatch(text[found[-1].end : rate.start]) and rate.kind == "unknown"
            found.append(replace(rate, kind=found[-1].kind) if joined else rate)
    return found


def _candidates(text: str) -> Iterator[Rate]:
    for match in _SHARE.finditer(text):
        yield from _rate(text, match.span(), _kind_before(text, match.start()), match["share"], _SCALES[match["of"]])
    for match in _PERCENT.finditer(text):
        scale = 1000 if match["sign"] == "‰" else 100
        kind = _kind_before(text, match.start())
        yield from _rate(text, match.span(), kind, match["number"] or match["spoken"], scale)
    for match in _TEN_THOUSANDTHS.finditer(text):
        kind = _kind_before(text, match.start("written"))
        yield from _rate(text, match.span("written"), kind, match["share"], _SCALES[match["of"]])
    for match in _FEN.finditer(text):
        yield from _fen(text, match)
    for match in _BARE_ANNUAL.finditer(text):
        value = read_numeral(match["written"])
        if value is not None and 1 <= value <= 100:  # 0.18 could be meant as 18 %
            yield from _rate(text, match.span("written"), "annual", match["written"], 100)


def _fen(text: str, match: re.Match[str]) -> Iterator[Rate]:
    """月息一分 is 1 % a month, 月息5厘 is 0.5 %, 月息一分五 is 1.5 %."""
    number = read_numeral(match["share"])
    if number is None:
        return
    half = {"半": Decimal("0.5")}.get(match["half"] or "", Decimal(DIGIT_VALUES.get(match["half"] or "", 0)) / 10)
    value = (number + half) / (100 if match["of"] == "分" else 1000)
    start, end = match.span("written")
    yield Rate("monthly", value, start, end, text[start:end])


def _rate(text: str, span: tuple[int, int], kind: RateKind, number: str, scale: int) -> Iterator[Rate]:
    value = read_numeral(number)
    if value is not None:
        yield Rate(kind, value / scale, span[0], span[1], text[span[0] : span[1]])


def _kind_before(text: str, at: int) -> RateKind:
    """What a rate at ``at`` is per, from the words right before it."""
    match = _BEFORE.search(text[max(0, at - _REACH) : at])
    per = match["per"] if match else None
    if not per:
        return "unknown"
    return next((kind for word, kind in _PERIODS if word in per), "annual")
