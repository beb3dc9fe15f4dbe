"""A message as it was meant: normalised, and the words of our field corrected that were typed by sound or in letters.

Everything that reads messages reads this; the person is shown their own words.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

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
NAMED_FREQUENCY = 1_000
"""The same for the other words of the catalogue: jieba is taught them with a weight that says nothing."""
PER_EXAMPLE = 20
"""The same for each time that our examples use a word."""
COMMON = 3
"""How often our examples have to use a word for it to be recognised behind a wrong character."""
NUMBER = re.compile(f"[{''.join(sorted(NUMBER_CHARACTERS))}几半]").pattern
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
    known, own = _wording(), field_words()
    with FREQUENT.open(encoding="utf-8") as file:
        frequent = yaml.load(file, yaml.CSafeLoader)
    words, runs = _counted(frequent["words"]), _counted(frequent["runs"])
    pinyin = Pinyin({**dict.fromkeys(own, 1), **words, **runs}, own, _turned(known["spelled"]), _turned(known["alone"]))
    return (*_contexts(known["in_context"]), *_units(known["units"])), pinyin, field_typos(words)


def field_words() -> tuple[str, ...]:
    """The names of the products and the other words of our field."""
    labels = (product.label_zh for product in catalog().products.values())
    return tuple(dict.fromkeys(word for row in (labels, *_wording()["words"]) for word in row))


def field_typos(counts: Mapping[str, int] | None = None) -> Typos:
    """What corrects the words of our field, and the words of ``counts`` (how often our examples use them)."""
    known, own = _wording(), field_words()
    common = {
        word: count * PER_EXAMPLE
        for word, count in (counts or {}).items()
        if count >= COMMON and 2 <= len(word) <= 4 and not NUMBER_CHARACTERS & set(word)
    }
    frequency = _frequency(common, own)
    return Typos(own, frequency, known["shapes"], _turned(known["observed"]), common, known["kept"])


@lru_cache(maxsize=1)
def _wording() -> dict[str, Any]:
    with TYPOS.open(encoding="utf-8") as file:
        return cast("dict[str, Any]", yaml.load(file, yaml.CSafeLoader))


def _counted(rows: Mapping[int, str]) -> dict[str, int]:
    """From counts with their words to words with their count."""
    return {word: count for count, row in rows.items() for word in row.split()}


def _turned(spellings: Mapping[str, list[str]]) -> dict[str, str]:
    """From what is meant with its spellings to each spelling with what is meant."""
    return {spelling: word for word, several in spellings.items() for spelling in several}


def _frequency(ours: Mapping[str, int], own: tuple[str, ...]) -> Callable[[str], int]:
    """How frequent a word is in ordinary Chinese or, where that is more, among ``ours``."""
    import jieba

    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    # What jieba was taught of the catalogue has a weight that says nothing.
    taught = {word.text: NAMED_FREQUENCY for word in catalogue_words()} | dict.fromkeys(own, OWN_FREQUENCY)
    return lambda word: taught.get(word) or max(jieba.dt.FREQ.get(word, 0), ours.get(word, 0))


def _contexts(entries: list[dict[str, Any]]) -> Iterator[tuple[re.Pattern[str], str]]:
    """Patterns of real words that mean a word of our field beside certain others."""
    products = tuple(word.text for word in catalogue_words() if word.entity == "product")

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
        yield re.compile(rf"(?<![a-z0-9.])([0-9.]+万?) ?(?:{letters})(?![a-z0-9])", re.IGNORECASE), rf"\1{unit}"
