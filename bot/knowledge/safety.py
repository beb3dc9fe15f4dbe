"""The words by which people say that a life is in danger, and what is harmless though it sounds like it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.errors import KnowledgeError
from bot.knowledge.loader import FOLDER, entries, files
from bot.reading.alarms import Alarm, Alarms, Shield

SINGLE = ("words", "spellings", "alarming", "harmless", "afterwards")
"""Files that are no catalogue: each holds one mapping or list."""


@lru_cache(maxsize=1)
def alarms() -> Alarms:
    """The project's own words, compiled once."""
    return load_alarms()


def load_alarms(folder: Path = FOLDER) -> Alarms:
    """The words in ``folder``/safety. Raises ``KnowledgeError`` whose text holds one line per problem."""
    problems: list[str] = []
    alarming = entries(Alarm, folder, "safety/alarms", problems)
    shielding = entries(Shield, folder, "safety/shields", problems)
    single = _single(folder, problems)
    if problems:
        raise KnowledgeError("\n".join(problems))
    try:
        return Alarms(
            list(alarming.values()), list(shielding.values()), single["words"], _spellings(single["spellings"])
        )
    except (ValueError, re.error) as error:
        raise KnowledgeError("\n".join(f"safety/{line}" for line in str(error).splitlines())) from error


@dataclass(frozen=True)
class Sentences:
    """What the crisis layer learns from, besides the examples of the intents."""

    alarming: tuple[str, ...]
    harmless: tuple[str, ...]
    """Sentences that sound alarming and are not."""


@lru_cache(maxsize=1)
def sentences() -> Sentences:
    """The project's own sentences. Raises ``KnowledgeError`` like ``load_alarms``."""
    problems: list[str] = []
    found = _single(FOLDER, problems)
    if problems:
        raise KnowledgeError("\n".join(problems))
    return Sentences(tuple(found["alarming"]), tuple(found["harmless"]))


@lru_cache(maxsize=1)
def afterwards() -> dict[str, re.Pattern[str]]:
    """How people speak after a crisis: a pattern for each meaning."""
    problems: list[str] = []
    found = _single(FOLDER, problems)["afterwards"]
    if problems:
        raise KnowledgeError("\n".join(problems))
    return {meaning: re.compile("|".join(f"(?:{one})" for one in patterns)) for meaning, patterns in found.items()}


def _single(folder: Path, problems: list[str]) -> dict[str, Any]:
    """The files of ``SINGLE`` by name."""
    found = {Path(name).stem: content for name, content in files(folder, "safety", problems)}
    problems += [f"safety/{name}.yml: is missing" for name in SINGLE if name not in found]
    problems += [f"safety/{name}.yml: nothing reads it" for name in found if name not in SINGLE]
    return found


def _spellings(written: dict[str, dict[str, str]]) -> dict[str, str]:
    """Regular expressions for both kinds of spelling; the blanks of pinyin may be left out."""
    syllables = {r"\s*".join(pinyin.split(" ")): word for pinyin, word in written["pinyin"].items()}
    return {**syllables, **written["words"]}
