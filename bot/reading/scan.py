"""Finds the numbers in running text with the currency words and coins that belong to them, in yuan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.reading.bounds import Bounds, read_bounds
from bot.reading.characters import COUNTER, DIGIT_VALUES
from bot.reading.numerals import TOKEN, Token, tokens_of

_MAX_TOKENS = 16
_MAX_DIGITS = 15
_MAX_NUMBERS = 120
"""Longer runs of number characters are no amounts that people type; they are passed over."""


@dataclass(frozen=True)
class Number:
    """A number in yuan from ``low`` to ``high``.

    ``scale``: its last unit, 1 without one. ``joined``: made of two. ``bare_digit``: one digit without unit.
    ``small``: Chinese digits without 百, 千 or 万, as they occur inside words.
    """

    low: Decimal
    high: Decimal
    vague: bool
    unit: bool
    start: int
    end: int
    scale: Decimal = Decimal(1)
    bare_digit: bool = False
    small: bool = False
    joined: bool = False


_D = "".join(DIGIT_VALUES)
_N = rf"[0-9{_D}]"
_CURRENCY = re.compile(
    r"\s?(?:块钱|块大洋|块(?!头)|元(?!旦|月|素|气)|圆(?!满|圈)|人民币|大洋|RMB|rmb|CNY"
    "|cny|yuan|[¥￥])|(?P<jiao>毛钱?|角)|(?P<fen>分钱)"
)
_PREFIX = re.compile(r"(?:[¥￥]|RMB|rmb|CNY|人民币)\s?$")
_COINS = re.compile(
    rf"(?:(?P<jiao>{_N})(?:毛|角)(?:(?P<fen>{_N})分?(?![期0-9{_D}十百千万]))?"
    f"|零(?P<only>{_N})分|(?P<half>半)(?![年个月天])"
    rf"|(?P<last>{_N})(?![0-9{_D}十百千万亿wWkK.多来几\x00号月日期年天个块元毛点分折%]))"
)
_YUAN_COINS = re.compile(rf"(?P<jiao>{_N})角(?:(?P<fen>{_N})分)?|零(?P<only>{_N})分")
_COUNTED = re.compile(rf"\s?(?:多|来)?(?:{COUNTER}|分(?![期批次开成之摊几多钱0-9一二两三四五六七八九十]))")
_TWO_WAYS = re.compile(r"月(?:[底初末中]|份|\d|$|[一二三四五六七八九十还])|个人")
_AND_HALF = re.compile("半(?![年个天月价数])")
_FOUR_AFTER = re.compile(r",[0-9]{4}(?![0-9])")
_FEW_BEFORE = re.compile(r"(?<![0-9,])[0-9]{1,2},$")


def find_numbers(work: str, text: str) -> list[Number]:
    """The numbers in ``work``, which is ``text`` with everything that is not money blanked."""
    numbers: list[Number] = []
    for run in _runs(work):
        if len(run) <= _MAX_TOKENS:
            numbers += _read_run(run, work, text)
        if len(numbers) >= _MAX_NUMBERS:
            break
    return [number for at, number in enumerate(numbers) if at == 0 or number.start >= numbers[at - 1].end]


def _runs(work: str) -> Iterator[list[Token]]:
    """Number pieces that stand side by side. A long run is cut short at one more than can be read."""
    run: list[Token] = []
    for match in TOKEN.finditer(work):
        if match.lastgroup == "arabic" and match.end() - match.start() > _MAX_DIGITS:
            if run:
                yield run
            run = []
            continue
        if run and match.start() != run[-1].end:
            yield run
            run = []
        if len(run) <= _MAX_TOKENS:
            run += tokens_of(match)
        else:
            run[-1] = run[-1]._replace(end=match.end())
    if run:
        yield run


def _read_run(run: list[Token], work: str, text: str) -> Iterator[Number]:
    """The longest readable pieces of a run, left to right; when something is left over, all is doubtful."""
    at, found, left_over = 0, [], False
    while at < len(run):
        end, bounds = len(run), None
        while end > at:
            bounds = read_bounds(run[at:end])
            if bounds is not None:
                break
            end -= 1
        if bounds is None:
            left_over = left_over or run[at].kind in ("digit", "arabic", "zero")
            at += 1
            continue
        found.append(_number(run[at:end], bounds, work, text))
        at = end
    if len(found) > 1:
        left_over = True
    for number in found:
        if number is not None:
            yield replace(number, vague=number.vague or left_over)


def _number(tokens: list[Token], bounds: Bounds, work: str, text: str) -> Number | None:
    """The number with its currency words, or None when it counts something else or is part of a word."""
    start, end = tokens[0].start, tokens[-1].end
    scales = [token.value for token in tokens if token.kind in ("unit", "big") and token.value >= 100]
    small = not scales and all(token.kind != "arabic" for token in tokens)
    low, high, vague = bounds
    prefix = _PREFIX.search(work, max(0, start - 4), start)
    currency = _CURRENCY.match(work, end)
    if currency is None and (_COUNTED.match(text, end) or _glued(work, start, end)):
        return None
    scale = _scale(tokens)
    if currency is not None:
        factor = Decimal("0.1") if currency["jiao"] else Decimal("0.01") if currency["fen"] else Decimal(1)
        coins, end = _coins(work, currency)
        low, high = low * factor + coins, high * factor + coins
    elif _TWO_WAYS.match(text, end) and len(tokens) > 1 and tokens[-1].kind in ("digit", "arabic") and scales:
        shorter = read_bounds(tokens[:-1])
        low, vague = min(low, shorter.low if shorter else low), True
    if scales and currency is None and _AND_HALF.match(text, end):
        high, vague, end = high + scale / 2, True, end + 1
    vague = vague or work[max(0, start - 1) : start] == "."  # .5万
    part = _doubtful_groups(tokens, work)
    if part is not None:
        low, vague = min(low, part), True
    if prefix is not None:
        start = prefix.start()
    unit = bool(scales) or currency is not None or prefix is not None
    digit = len(tokens) == 1 and tokens[0].kind in ("digit", "arabic") and low < 10
    return Number(low, high, vague, unit, start, end, scale, digit, small)


def _scale(tokens: list[Token]) -> Decimal:
    """The last units of a number multiplied, 十 left out: 1000 for 6千, 10000 for 二十万, 1 for 6500."""
    scale = Decimal(1)
    for token in reversed(tokens):
        if token.kind not in ("unit", "big") or token.value == 10:
            break
        scale *= token.value
    return scale


def _coins(work: str, currency: re.Match[str]) -> tuple[Decimal, int]:
    """What follows 块 or 元: 三块五 is 3.50, 一块二毛五 is 1.25, 三元五角. In yuan, and where it ends."""
    end = currency.end()
    word = currency[0].strip()
    if word not in ("块", "元"):
        return Decimal(0), end
    match = (_COINS if word == "块" else _YUAN_COINS).match(work, end)
    if match is None:
        return Decimal(0), end
    groups = match.groupdict()
    jiao = Decimal("0.5") if groups.get("half") else _digit(groups.get("last") or groups["jiao"]) / 10
    return jiao + _digit(groups["fen"] or groups["only"]) / 100, match.end()


def _digit(written: str | None) -> Decimal:
    if not written:
        return Decimal(0)
    return Decimal(DIGIT_VALUES.get(written, 0) or written)


def _glued(work: str, start: int, end: int) -> bool:
    """Part of a Latin word or code (iphone13, A4, 5G), or an ordinal."""
    before, after = work[max(0, start - 1) : start], work[end : end + 1]
    return (
        (before.isascii() and (before.isalpha() or before == "_"))
        or (after.isascii() and after.isalpha())
        or before == "第"
    )


def _doubtful_groups(tokens: list[Token], work: str) -> Decimal | None:
    """The smallest part when a comma may part two numbers (500，600 or 1,2000), None when it does not.

    12,350 and 600，000 are one number.
    """
    for token in tokens:
        parts = re.split("[,，]", token.text.partition(".")[0])
        wide = "，" in token.text or len(parts[0]) == 3
        if len(parts) > 1 and wide and any(part != "000" for part in parts[1:]):
            return min(Decimal(part) for part in parts)
    start, end = tokens[0].start, tokens[-1].end
    if _FOUR_AFTER.match(work, end) and end - start <= 2:
        return Decimal(tokens[0].value)
    if end - start == 4 and _FEW_BEFORE.search(work, max(0, start - 4), start):
        return Decimal(tokens[0].value)
    return None
