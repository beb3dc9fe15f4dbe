"""Numbers as people write them: 12,000 · 1.2w · 3万5 · 一万二 · 三千零五 · 壹贰叁. Exact or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from bot.reading.characters import BIG_UNITS, DIGIT_VALUES, SMALL_UNITS, TWENTIES, ZEROS

_MAX_CHARACTERS = 48
_MAX_VALUE = Decimal(10) ** 15

Kind = Literal["arabic", "digit", "zero", "unit", "big", "some", "more"]


class Token(NamedTuple):
    """A piece of a number. ``value``: a number, a digit or the size of a unit. Offsets are into the text."""

    kind: Kind
    value: Decimal
    text: str
    start: int
    end: int


_D = "".join(DIGIT_VALUES)
_ARABIC = r"(?:(?<![0-9])[1-9][0-9]{0,2}(?:[,，][0-9]{3}(?![0-9]))+|[0-9]+)(?:\.[0-9]+)?"
_SPOKEN_POINT = (
    "(?:(?<![0-9])[0-9]{1,6}"
    f"|[{_D}{ZEROS}]?十?[{_D}]?(?<=[{_D}十{ZEROS}]))点[{_D}{ZEROS}0-9]{{1,4}}(?=[万亿千百wWkK元块%]|$)"
)
TOKEN = re.compile(
    rf"(?P<spoken>{_SPOKEN_POINT})|(?P<arabic>{_ARABIC})|(?P<digit>[{_D}]|参(?=[拾佰仟]))|(?P<zero>[{ZEROS}])"
    rf"|(?P<twenty>[廿卅])|(?P<unit>[十拾百佰千仟]|(?<=[0-9{_D}十几多])[kK](?![a-zA-Z]))"
    rf"|(?P<big>[万萬亿億]|(?<=[0-9{_D}十百几多kK])[wW](?![a-zA-Z]))"
    "|(?P<some>几|数(?=[十百千万亿])|上(?=[百千万亿]))"
    "|(?P<more>[多来余](?![少次久于几额的])|(?<=[百千万])把(?=[块元]))"
)
"""One piece of a number in running text."""


def tokens_of(match: re.Match[str]) -> list[Token]:
    """The pieces behind one match of ``TOKEN``: usually one; 廿 is two."""
    text, start, end = match[0], match.start(), match.end()
    kind = match.lastgroup
    if kind == "twenty":
        tens = Token("digit", Decimal(TWENTIES[text]), text, start, start)
        return [tens, Token("unit", Decimal(10), "十", start, end)]
    if kind == "spoken":
        return [Token("arabic", _spoken_point(text), text, start, end)]
    if kind == "arabic":
        return [Token("arabic", Decimal(re.sub("[,，]", "", text[:_MAX_CHARACTERS])), text, start, end)]
    if kind == "digit":
        return [Token("digit", Decimal(DIGIT_VALUES.get(text, 3)), text, start, end)]
    if kind == "unit":
        return [Token("unit", Decimal(SMALL_UNITS[text]), text, start, end)]
    if kind == "big":
        return [Token("big", Decimal(BIG_UNITS[text]), text, start, end)]
    other: Kind = "zero" if kind == "zero" else "some" if kind == "some" else "more"
    return [Token(other, Decimal(0), text, start, end)]


def tokenise(text: str) -> list[Token] | None:
    """All of ``text`` as pieces of numbers, or None when something else is in it."""
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        match = TOKEN.match(text, at)
        if match is None or match.end() == at:
            return None
        tokens += tokens_of(match)
        at = match.end()
    return tokens


def read_numeral(text: str) -> Decimal | None:
    """The number that the whole of ``text`` is, or None when it is no number or not a definite one.

    三千五 is 3500 and 三千零五 is 3005; 十几万 is None. A sign (``-`` or 负) may come first.
    """
    text = text.strip()
    sign = 1
    if text[:1] in ("-", "负"):
        sign, text = -1, text[1:]
    if not text or len(text) > _MAX_CHARACTERS:
        return None
    if text in ("半", "半万", "半千", "半百"):
        return sign * Decimal("0.5") * ({**SMALL_UNITS, **BIG_UNITS}.get(text[1:], 1))
    tokens = tokenise(text)
    value = value_of(tokens) if tokens else None
    return None if value is None else sign * value


def value_of(tokens: Sequence[Token]) -> Decimal | None:
    """The exact value of a whole number in pieces, or None when they do not make one."""
    if any(token.kind in ("some", "more") for token in tokens):
        return None
    value = _whole(tokens, inner=False)
    return value if value is not None and value < _MAX_VALUE else None


def _spoken_point(text: str) -> Decimal:
    whole, _, part = text.partition("点")
    left = read_numeral(whole)
    digits = "".join(c if c.isdigit() and c.isascii() else str(DIGIT_VALUES.get(c, 0)) for c in part)
    return Decimal(f"{0 if left is None else left}.{digits}")


def _whole(tokens: Sequence[Token], *, inner: bool) -> Decimal | None:
    """A number with 亿 and 万 in it, the largest first. ``inner``: it is the tail of a larger number."""
    for size in (10**8, 10**4):
        at = _last(tokens, size)
        if at is not None:
            left, right = tokens[:at], tokens[at + 1 :]
            count = _whole(left, inner=False) if left and not _elliptical(left) else None
            if count is None or (size == 10**4 and _last(left, size) is not None):
                return None
            return _with_tail(count, size, right, decimal=_has_fraction(left))
    return _section(tokens, inner=inner)


def _section(tokens: Sequence[Token], *, inner: bool) -> Decimal | None:
    """A number below 万: 三千五百, 十二, 5k5, 12百, or digits one by one (五零零零)."""
    at = next((i for i, token in enumerate(tokens) if token.kind == "unit"), None)
    if at is None:
        return _plain(tokens)
    unit, left, right = int(tokens[at].value), tokens[:at], tokens[at + 1 :]
    if not left:
        count: Decimal | None = Decimal(1) if unit == 10 else None
    elif len(left) == 1 and left[0].kind == "digit":
        count = None if unit == 10 and left[0].text == "两" else left[0].value
    elif len(left) == 1 and left[0].kind == "arabic":
        small = left[0].value < 10 and not _has_fraction(left)
        count = left[0].value if small or (unit > 10 and not inner) else None
    else:
        count = None
    return None if count is None else _with_tail(count, unit, right, decimal=_has_fraction(left))


def _with_tail(count: Decimal, unit: int, right: Sequence[Token], *, decimal: bool) -> Decimal | None:
    """``count`` units and what follows. After 1.2万 nothing may follow."""
    if decimal:
        return count * unit if not right else None
    tail = _tail(right, unit)
    return None if tail is None else count * unit + tail


def _tail(tokens: Sequence[Token], unit: int) -> Decimal | None:
    """What follows a unit: nothing, one digit for the next lower unit, or a full number below it."""
    if not tokens:
        return Decimal(0)
    zeros = next((i for i, token in enumerate(tokens) if token.kind != "zero"), len(tokens))
    rest = tokens[zeros:]
    if not rest:
        return None
    if len(rest) == 1 and rest[0].kind == "digit":
        if zeros or unit == 10:
            return None if unit == 10 and (zeros or rest[0].text == "两") else rest[0].value
        return None if rest[0].text == "两" else rest[0].value * unit / 10
    if len(rest) == 1 and rest[0].kind == "arabic":
        return _arabic_tail(rest[0], unit, after_zero=bool(zeros))
    if rest[0].kind == "arabic" and _has_fraction(rest[:1]):
        return None
    value = _whole(rest, inner=True)
    return value if value is not None and value < unit else None


def _arabic_tail(token: Token, unit: int, *, after_zero: bool) -> Decimal | None:
    """Digits after a unit: 3万5 is 35000, 3万4000 is 34000; 3万50 could be two numbers and is none."""
    digits = len(token.text.partition(".")[0])
    zeros = len(str(unit)) - 1
    if "," in token.text or "，" in token.text or (token.text[0] == "0" and digits > 1):
        return None
    if after_zero:
        return token.value if digits < zeros else None
    if digits == 1:
        return token.value * unit / 10 if "." not in token.text else None
    return token.value if digits == zeros or (zeros == 4 and digits == 3) else None


def _plain(tokens: Sequence[Token]) -> Decimal | None:
    """A number without units: Arabic digits, one Chinese digit, or digits one by one with a zero."""
    if len(tokens) == 1:
        token = tokens[0]
        if token.kind == "arabic":
            padded = len(token.text) > 1 and token.text[0] == "0" and token.text[1].isdigit()
            return None if padded or token.value >= _MAX_VALUE else token.value
        return token.value if token.kind in ("digit", "zero") else None
    one_by_one = all(token.kind in ("digit", "zero") and token.text != "两" for token in tokens)
    if not one_by_one or len(tokens) < 3 or len(tokens) > 9 or tokens[0].kind == "zero":
        return None
    if all(token.kind == "digit" for token in tokens):
        return None
    return Decimal("".join(str(int(token.value)) for token in tokens))


def _elliptical(tokens: Sequence[Token]) -> bool:
    """Whether the last digit stands for a unit that is not written, as in 一百五."""
    if len(tokens) < 2 or tokens[-1].kind not in ("digit", "arabic"):
        return False
    before = tokens[-2]
    return before.kind == "big" or (before.kind == "unit" and before.value > 10)


def _has_fraction(tokens: Sequence[Token]) -> bool:
    return any(token.kind == "arabic" and token.value != int(token.value) for token in tokens)


def _last(tokens: Sequence[Token], size: int) -> int | None:
    at = [i for i, token in enumerate(tokens) if token.kind == "big" and token.value == size]
    return at[-1] if at else None
