"""How characters sound when they are typed: pinyin without tones, and which syllables people mix up."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

HUAN = "还"
"""Read hai in still, and huan in paying back."""
_NEAR: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile("^([zcs])h"), r"\1"),
    (re.compile("ng$"), "n"),
    (re.compile("^n(?=.)"), "l"),
    (re.compile("v"), "u"),
)
"""Flat and curled tongue, front and back nasals, n and l: one of each pair stands for both."""
_WITH_F = {"hu": "fu", "hua": "fa", "huan": "fan", "hui": "fei", "hun": "fen", "huo": "fo"}
"""Syllables in h that some people say with f."""


@lru_cache(maxsize=8192)
def readings(character: str) -> tuple[str, ...]:
    """The usual reading of ``character`` without its tone, ü as v; two of 还, none of other signs."""
    from pypinyin.pinyin_dict import pinyin_dict

    if character == HUAN:
        return "huan", "hai"
    told = pinyin_dict.get(ord(character))
    return (without_tone(told.partition(",")[0]),) if told else ()


def word_reading(word: str) -> tuple[str, ...]:
    """The syllables of a Chinese ``word``, one a character; 还 is read huan, as in paying back."""
    from pypinyin import lazy_pinyin

    said = lazy_pinyin(list(word) if len(word) == 1 else word, errors=list)  # type: ignore[arg-type]
    return tuple("huan" if character == HUAN else one for character, one in zip(word, said, strict=True))


def without_tone(syllable: str) -> str:
    """A syllable in plain letters: lǜ and lü are lv."""
    parts = unicodedata.normalize("NFD", syllable.lower().replace("ɡ", "g"))
    return "".join(part for part in parts.replace("u\u0308", "v") if part.isascii())


@lru_cache(maxsize=4096)
def near(syllable: str) -> str:
    """One spelling for all syllables that are heard or said alike in some part of the country."""
    for pattern, plain in _NEAR:
        syllable = pattern.sub(plain, syllable)
    return _WITH_F.get(syllable, syllable)


@lru_cache(maxsize=4096)
def slips(one: str, other: str) -> int:
    """In how many parts two syllables that are ``near`` differ: the beginning, the end, or both."""
    (first, first_end), (second, second_end) = _parts(one), _parts(other)
    return (first != second) + (first_end != second_end)


def _parts(syllable: str) -> tuple[str, str]:
    plain = _WITH_F.get(syllable.removesuffix("g"), "")
    if plain:
        return "h", plain[1:] + "g" * syllable.endswith("g")
    initial = re.match("[zcs]h?|[^aeiouv]?", syllable)
    length = initial.end() if initial else 0
    return syllable[:length], syllable[length:]
