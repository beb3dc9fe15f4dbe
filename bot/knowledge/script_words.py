"""Which part of the call script a message asks for, by words that leave no doubt."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml

from bot.knowledge.patterns import pattern

WORDS = Path(__file__).parent / "wording" / "script.yml"
MOST_READ = 40
"""Characters of a message that may ask by its words alone; a longer one tells a story."""
NEVER, NEXT = "never", "next"


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[re.Pattern[str], ...]]:
    with WORDS.open(encoding="utf-8") as file:
        written: dict[str, list[str]] = yaml.load(file, yaml.CSafeLoader)
    return {name: tuple(map(pattern, texts)) for name, texts in written.items()}


def script_part(text: str) -> str | None:
    """``letter``, ``social``, ``messages``, ``refusals``, ``avoid`` or ``write_down``; None for any other message.

    ``text`` comes from ``normalise``.
    """
    known = _words()
    if len(text) > MOST_READ or _says(NEVER, text):
        return None
    return next((name for name in known if name not in (NEVER, NEXT) and _says(name, text)), None)


def wants_next(text: str) -> bool:
    """True when the whole message asks for what comes next."""
    return _says(NEXT, text)


def _says(name: str, text: str) -> bool:
    return any(one.search(text) for one in _words()[name])
