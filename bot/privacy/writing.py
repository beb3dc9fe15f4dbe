"""Ways to write digits and signs, brought to one way without moving any character, so that places stay."""

from __future__ import annotations

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SIGNS = {"\u3000": " ", "\u00a0": " ", "‐": "-", "‑": "-", "–": "-", "—": "-", "－": "-", "·": " ", "﹣": "-"}
_SPOKEN = dict(
    zip(
        "零〇○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖貳參陸①②③④⑤⑥⑦⑧⑨⓪０１２３４５６７８９",
        "000123456789112345678923612345678900123456789",
        strict=True,
    )
)

_PLAIN: dict[int, int | str | None] = {**_WIDE, **{ord(sign): plain for sign, plain in _SIGNS.items()}}
_DIGITS: dict[int, int | str | None] = {**_PLAIN, **{ord(spoken): digit for spoken, digit in _SPOKEN.items()}}


def in_plain_signs(text: str) -> str:
    """``text`` with ASCII for full-width signs and one kind of hyphen and blank; as long as before."""
    return text.translate(_PLAIN)


def in_digits(text: str) -> str:
    """The same with digits for Chinese and circled numerals: 一三八 is 138. Only for rows too long to be amounts."""
    return text.translate(_DIGITS)
