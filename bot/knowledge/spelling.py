"""A message as it was meant: normalised, and the words of our field corrected that were typed by sound or in letters.

Everything that reads messages reads this; the person is shown their own words.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.knowledge.loader import catalog
from bot.knowledge.words import catalogue_words
from bot.reading import normalise
from bot.reading.characters import NUMBER_CHARACTERS
from bot.reading.fillers import without_fillers, without_pictures
from bot.reading.pinyin import Pinyin
from bot.reading.typos import Typos

WORDING = Path(__file__).parent / "wording"
TYPOS = WORDING / "typos.yml"
FREQUENT = WORDING / "frequent_words.yml"

OWN_FREQUENCY = 30_000
"""How frequent a word of our field is, on the scale of jieba's dictionary."""
NAMED_FREQUENCY = 10_000
"""The same for the other words of the catalogue: jieba is taught them with a weight that says nothing."""
NUMBER = f"[{''.join(sorted(NUMBER_CHARACTERS))}几半]"
_ROUNDS = 4


def as_meant(text: str) -> str:
    """``text`` normalised and with its typos corrected; twice is once, numbers stay, and it never raises."""
    for _ in range(_ROUNDS):
        corrected = _corrected(text)
        if corrected == text:
            break
        text = corrected
    return text


def _corrected(text: str) -> str:
    contexts, pinyin, typos = _readers()
    text = without_pictures(normalise(text))
    if text.startswith("/"):
        return text  # a command, not Chinese
    text = without_fillers(text)
    for pattern, word in contexts:
        text = pattern.sub(word, text)
    return typos.correct(pinyin.to_characters(text))


@lru_cache(maxsize=1)
def _readers() -> tuple[tuple[tuple[re.Pattern[str], str], ...], Pinyin, Typos]:
    """What corrects, built once from the catalogue and the wording; takes a second with jieba's dictionary."""
    with TYPOS.open(encoding="utf-8") as file:
        known = yaml.load(file, yaml.CSafeLoader)
    names = tuple(word.text for word in catalogue_words() if word.entity == "product")
    labels = (product.label_zh for product in catalog().products.values())
    words = tuple(dict.fromkeys(word for row in (labels, *known["words"]) for word in row))
    typos = Typos(words, _frequency(words), known["shapes"], _turned(known["observed"]), known["kept"])
    pinyin = Pinyin(_frequent_words(words), words, _turned(known["spelled"]), _turned(known["alone"]))
    return (*_contexts(known["in_context"], names), *_units(known["units"])), pinyin, typos


def _turned(spellings: Mapping[str, list[str]]) -> dict[str, str]:
    """From what is meant with its spellings to each spelling with what is meant."""
    return {spelling: word for word, several in spellings.items() for spelling in several}


def _frequent_words(own: tuple[str, ...]) -> dict[str, int]:
    """Words and runs of words with how often our examples use them, and the words of our field at least once."""
    with FREQUENT.open(encoding="utf-8") as file:
        rows: Mapping[int, str] = yaml.load(file, yaml.CSafeLoader)
    return {**dict.fromkeys(own, 1), **{word: count for count, row in rows.items() for word in row.split()}}


def _frequency(own: tuple[str, ...]) -> Callable[[str], int]:
    """How frequent a word is in ordinary Chinese, with the words of our field and of the catalogue among it."""
    import jieba

    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    known = {word.text: NAMED_FREQUENCY for word in catalogue_words()} | dict.fromkeys(own, OWN_FREQUENCY)
    return lambda word: known.get(word) or jieba.dt.FREQ.get(word, 0)


def _contexts(entries: list[dict[str, Any]], products: tuple[str, ...]) -> Iterator[tuple[re.Pattern[str], str]]:
    """Patterns of real words that mean a word of our field beside certain others."""

    def several(words: list[str]) -> list[str]:
        return [each for word in words for each in (products if word == "{product}" else (word,))]

    for entry in entries:
        typed = "|".join(entry["typed"])
        after = "|".join(f"(?<={re.escape(word)})" for word in several(entry["after"]))
        before = "|".join(NUMBER if word == "{number}" else re.escape(word) for word in several(entry["before"]))
        never = "|".join(entry["not_before"])
        yield re.compile(f"(?:(?:{after})(?:{typed})|(?:{typed})(?={before}))(?!{never})"), entry["word"]


def _units(units: Mapping[str, list[str]]) -> Iterator[tuple[re.Pattern[str], str]]:
    """Patterns of units in letters after digits."""
    for unit, spellings in units.items():
        letters = "|".join(spellings)
        yield re.compile(rf"(?<![a-z0-9.])([0-9.]+) ?(?:{letters})(?![a-z0-9])", re.IGNORECASE), rf"\1{unit}"
