"""Indefinite numbers as a lowest and a highest value: 七八千, 几千, 三十几万, 三千多, 两千八九."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from bot.reading.numerals import Token, value_of


class Bounds(NamedTuple):
    """From ``low`` to ``high``, both inclusive. ``vague`` when the words do not name one number."""

    low: Decimal
    high: Decimal
    vague: bool


def read_bounds(tokens: Sequence[Token]) -> Bounds | None:
    """What the pieces of a number say, exactly or within bounds, or None when they make no number.

    几千 is 1000 to 9999; 三千多 is 3000 to 3999; 七八千 is 7000 to 8000; 万八千 is 8000 to 10000.
    """
    exact = value_of(tokens)
    if exact is not None:
        return Bounds(exact, exact, False)
    kinds = [token.kind for token in tokens]
    if "more" in kinds:
        return _and_more(tokens, kinds.index("more"))
    if "some" in kinds:
        return _some(tokens)
    return _neighbours(tokens) or _nearly_one(tokens)


def _and_more(tokens: Sequence[Token], at: int) -> Bounds | None:
    """三千多, 十多万, 一百来万: up to one less than the next round number."""
    after = tokens[at + 1 :]
    if at == 0 or any(token.kind != "big" and token.text not in ("k", "K") for token in after):
        return None
    scale = Decimal(1)
    for token in after:
        scale *= token.value
    base = read_bounds(tokens[:at])
    if base is None and at == 1 and tokens[0].kind in ("unit", "big"):  # 千把块, 百来块
        base = Bounds(tokens[0].value, tokens[0].value, False)
    if base is None:
        return None
    if base.vague:
        return Bounds(base.low * scale, base.high * scale, True)
    rest = max(_step(tokens[:at]) * scale - 1, Decimal(0))
    return Bounds(base.low * scale, base.low * scale + rest, True)


def _step(tokens: Sequence[Token]) -> Decimal:
    """The size of the last unit that is written: 1000 for 三千 and 3000, 100 for 三千五."""
    last = tokens[-1]
    if last.kind in ("unit", "big"):
        return last.value
    if last.kind == "arabic" and len(tokens) == 1 and last.value == int(last.value):
        digits = str(int(last.value))
        return Decimal(10) ** min(len(digits) - len(digits.rstrip("0")), len(digits) - 1)
    before = tokens[-2] if len(tokens) > 1 else None
    if before is not None and before.kind in ("unit", "big") and before.value > 10:
        return before.value / 10
    return Decimal(1)


def _some(tokens: Sequence[Token]) -> Bounds | None:
    """几 as anything from one to nine: 几千, 十几万, 三千几."""
    low, second, high = (value_of(_filled(tokens, digit)) for digit in (1, 2, 9))
    if low is None or second is None or high is None:
        return None
    return Bounds(low, high + max(second - low, Decimal(1)) - 1, True)


def _filled(tokens: Sequence[Token], digit: int) -> list[Token]:
    return [
        Token("digit", Decimal(digit), "", token.start, token.end) if token.kind == "some" else token
        for token in tokens
    ]


def _neighbours(tokens: Sequence[Token]) -> Bounds | None:
    """Two digits side by side: 七八千, 两三百, 三五千, 一万二三, 三四十万, 两千八九."""
    for at in range(len(tokens) - 1):
        first, second = tokens[at], tokens[at + 1]
        if first.kind != "digit" or second.kind != "digit":
            continue
        gap = second.value - first.value
        if gap != 1 and not (first.value == 3 and gap == 2):
            return None
        low = value_of([*tokens[: at + 1], *tokens[at + 2 :]])
        high = value_of([*tokens[:at], *tokens[at + 1 :]])
        return None if low is None or high is None else Bounds(low, high, True)
    return None


def _nearly_one(tokens: Sequence[Token]) -> Bounds | None:
    """万八千 and 百八十: almost one of the unit."""
    if len(tokens) != 3 or tokens[0].kind not in ("unit", "big"):
        return None
    unit, digit, lower = tokens
    if digit.kind != "digit" or lower.kind != "unit" or lower.value * 10 != unit.value:
        return None
    return Bounds(digit.value * lower.value, unit.value, True)
