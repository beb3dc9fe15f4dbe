"""One spelling for what people type: script, width, spaces, repetition. For reading, not for display."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Protocol, cast

from bot.reading.characters import NUMBER_CHARACTERS

_ROUNDS = 6
"""Rounds until nothing changes. Two are enough for what people type."""

_OWN_WORDS: dict[str, str] = {
    "著急": "着急",
    "急著": "急着",
    "等著": "等着",
    "催著": "催着",
    "欠著": "欠着",
    "拖著": "拖着",
    "靠著": "靠着",
    "跟著": "跟着",
    "看著": "看着",
    "想著": "想着",
    "活著": "活着",
    "妳": "你",
    "揹": "背",
    "甚么": "什么",
    "帐单": "账单",
    "帐户": "账户",
    "欠帐": "欠账",
    "挂帐": "挂账",
}
"""What OpenCC leaves as it is, and 帐 where the everyday spelling is 账."""

_KEPT = "，。！？；：（）【】《》「」『』“”‘’、…—·" + "½¼¾⅓⅔⅛" + "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉"
"""Chinese punctuation stays. Fractions and raised digits stay: folded they would become other numbers."""

_FOLDABLE = re.compile(f"[^{_KEPT}]+")
_CIRCLED_STOP = re.compile("[\u2488-\u249b]")
_DASHES = str.maketrans(
    {"−": "-", "–": "-", "‐": "-", "‑": "-", "―": "—", "〜": "~", "∼": "~", "○": "〇", "٫": ".", "﹣": "-"}
)
_CJK = (
    "\u2e80-\u2fdf\u3001-\u3003\u3005-\u3007\u3008-\u3020\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff01-\uff0f\uff1a-\uff20，。！？；：（）「」『』“”‘’…—"
)
_SPACES = re.compile(r"\s+")
_CJK_SPACE = re.compile(rf"(?<=[{_CJK}]) | (?=[{_CJK}])")
_THOUSANDS = re.compile("(?<![0-9.,，])([1-9][0-9]?) ([,，])(?=[0-9]{3}(?![0-9]))")
"""A space that slipped in before the comma of a number: 20 ,000. After three digits it may be two numbers."""
_UNIT_SPACE = re.compile("(?<=[0-9]) (?=[kKwW](?![a-zA-Z]))")
_NUMBER_RUN = "".join(sorted(NUMBER_CHARACTERS))
_TWO_NUMBERS = re.compile(rf"(?<=[{_NUMBER_RUN}][{_NUMBER_RUN}]) (?=[{_NUMBER_RUN}][{_NUMBER_RUN}])")
_DOTS = re.compile(r"\.{2,}|…+|。{2,}")
_SAME_MARK = re.compile(r"([，。！？；：、,!?;:~～—\-·*#_=+|^…/])\1+")
_SAME_CHARACTER = re.compile(r"([\u3400-\u9fff])\1{2,}")
_TYPED_POINT = re.compile(r"(?<![0-9.])([0-9]{1,3})。([0-9]{1,2})(?=[万千wWkK])")


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@lru_cache(maxsize=1)
def _simplifier() -> _Converter:
    from opencc import OpenCC

    return cast("_Converter", OpenCC("t2s"))


def normalise(text: str) -> str:
    """``text`` in simplified script and plain width, without odd spaces, control characters and repetition.

    Chinese punctuation stays Chinese. Applying it twice changes nothing more, and it never raises.
    """
    for _ in range(_ROUNDS):
        folded = _once(text)
        if folded == text:
            break
        text = folded
    return text


def _once(text: str) -> str:
    text = _CIRCLED_STOP.sub(lambda m: f"{ord(m[0]) - 0x2487}、", text)
    text = _FOLDABLE.sub(lambda m: unicodedata.normalize("NFKC", m[0]), text).translate(_DASHES)
    text = _join(_without_controls(text))
    if not text.isascii():
        text = _simplifier().convert(text)
    for word, ours in _OWN_WORDS.items():
        text = text.replace(word, ours)
    return _squeeze(text)


def _without_controls(text: str) -> str:
    """Line ends and odd spaces become a space; invisible characters and halves of pairs go."""
    kept = []
    for character in text:
        category = unicodedata.category(character)
        if character.isspace() or category in ("Zs", "Zl", "Zp"):
            kept.append(" ")
        elif category[0] != "C" and category != "Me" and not "\ufe00" <= character <= "\ufe0f":
            kept.append(character)
    return "".join(kept)


def _join(text: str) -> str:
    """Take out the spaces beside Chinese characters, but not between two numbers of some length."""
    text = _THOUSANDS.sub(r"\1\2", _SPACES.sub(" ", text).strip(" "))
    text = _TWO_NUMBERS.sub("\x00", text)
    return _UNIT_SPACE.sub("", _CJK_SPACE.sub("", text)).replace("\x00", " ")


def _squeeze(text: str) -> str:
    text = _TYPED_POINT.sub(r"\1.\2", text)
    text = _DOTS.sub(lambda m: "。" if m[0][0] == "。" else "…", text)
    text = _SAME_MARK.sub(r"\1", text)
    return _SAME_CHARACTER.sub(_shorter, text)


def _shorter(match: re.Match[str]) -> str:
    return match[0] if match[1] in NUMBER_CHARACTERS else match[1] * 2
