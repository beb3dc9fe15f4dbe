"""Amounts of money in running text: exact, approximate or vague, in whole fen (1 yuan = 100 fen)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from bot.reading.amount_context import about, is_bare_answer, other_currency, signed_at
from bot.reading.characters import HAS_NUMBER, MAX_READ
from bot.reading.not_money import blank
from bot.reading.scan import Number, find_numbers

_MAX_FOUND = 100


@dataclass(frozen=True)
class Amount:
    """Money from ``low_fen`` to ``high_fen``, both inclusive; equal when one amount is named.

    ``approximate``: it is said to be about right (大概, 左右).
    ``vague``: no one amount is named, or it can be read in two ways: ask back. A one-sided bound
    (不到五千, 三千以上) is vague with both ends at the amount named.
    ``unit``: the words make it money (元, 块, 万, k). Without it the number is bare; the caller decides.
    """

    low_fen: int
    high_fen: int
    approximate: bool
    vague: bool
    unit: bool
    start: int
    end: int
    text: str


def find_amounts(text: str) -> list[Amount]:
    """Every amount in ``text``, first to last. Dates, times, counts, rates and card numbers are none."""
    text = text[:MAX_READ]
    if not HAS_NUMBER.search(text):
        return []
    work = blank(text)
    numbers = _joined(find_numbers(work, text), work)
    return [
        _amount(number, text, work) for number in numbers[:_MAX_FOUND] if number.unit or is_bare_answer(number, text)
    ]


def _amount(number: Number, text: str, work: str) -> Amount:
    start, sign, doubtful = signed_at(work, number.start)
    low, high = number.low * 100, number.high * 100
    low_fen, high_fen = int(low.to_integral_value(ROUND_FLOOR)), int(high.to_integral_value(ROUND_CEILING))
    approximate, one_sided = about(work, start, number.end)
    vague = number.vague or doubtful or one_sided or low_fen != low or other_currency(text, start, number.end)
    if sign < 0:
        low_fen, high_fen = -high_fen, -low_fen
    return Amount(low_fen, high_fen, approximate, vague, number.unit, start, number.end, text[start : number.end])


_TO = re.compile(r"(?:[-~—–]|到|至)")
_OR = re.compile(r"(?:或者?|还是)")
_LISTED = re.compile(r"[、,，]")


def _joined(numbers: Sequence[Number], work: str) -> list[Number]:
    """Numbers with 到, ``-`` or 或 between them become one range; 5到6千 lends its unit to the first."""
    joined: list[Number] = []
    for number in numbers:
        before = joined[-1] if joined else None
        merged = _range(before, number, work[before.end : number.start]) if before is not None else None
        if merged is not None:
            joined[-1] = merged
        else:
            joined.append(number)
    return joined


def _range(first: Number, second: Number, between: str) -> Number | None:
    if first.joined or len(between) > 2:
        return None
    if _LISTED.fullmatch(between):
        if not (first.bare_digit and second.scale >= 100 and first.low * second.scale < second.low):
            return None
        if between == "，" and second.low != (first.low + 1) * second.scale:
            return None
    elif not (_TO.fullmatch(between) or _OR.fullmatch(between)):
        return None
    scale = (
        second.scale
        if not first.unit and first.high < 1000 and first.high * second.scale <= second.high
        else Decimal(1)
    )
    low, high = min(first.low * scale, second.low), max(first.high * scale, second.high)
    return replace(
        second,
        low=low,
        high=high,
        vague=True,
        unit=first.unit or second.unit,
        start=first.start,
        joined=True,
        small=False,
    )
