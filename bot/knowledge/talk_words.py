"""Words that begin and end a rehearsal or a call, where nothing else can be meant."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml

from bot.knowledge.patterns import pattern

WORDS = Path(__file__).parent / "wording" / "talk.yml"
MOST_READ = 30
"""Characters of a message that may mean this by its words alone."""


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[re.Pattern[str], ...]]:
    with WORDS.open(encoding="utf-8") as file:
        written: dict[str, list[str]] = yaml.load(file, yaml.CSafeLoader)
    return {name: tuple(map(pattern, texts)) for name, texts in written.items()}


def _says(name: str, text: str) -> bool:
    return len(text) <= MOST_READ and any(one.search(text) for one in _words()[name])


def says_end(text: str) -> bool:
    """Wants to stop practising: 结束练习, 不练了."""
    return _says("end", text)


def says_lines(text: str) -> bool:
    """Wants to read what agents say: 客服常说的话."""
    return _says("lines", text)


def says_live(text: str) -> bool:
    """Is on the phone right now: 我正在打电话, 电话接通了."""
    return _says("live", text)


def says_practice(text: str) -> bool:
    """Wants to practise one manner: 练练一口拒绝的."""
    return _says("practice", text)


def without_blanks(text: str) -> str:
    """``text``, which has blanks to fill in, as it can be said at once."""
    for one in _words()["blanks"]:
        text = one.sub("", text)
    return text


def level_in(text: str) -> int | None:
    """The level that ``text`` asks for, 1 to 3; None when it names none."""
    return next((level for level in (1, 2, 3) if _says(f"level_{level}", text)), None)
