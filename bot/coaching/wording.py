"""Lines of a call cut into clauses and held against ``wording/acts.yml``. Pure: no Rasa, no clock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

import bot.knowledge
from bot.knowledge.patterns import pattern
from bot.knowledge.spelling import as_meant

FILE = Path(bot.knowledge.__file__).parent / "wording" / "acts.yml"
MOST_READ = 300
"""Characters of a line that are read; nobody says more in one breath."""

_GROUP = re.compile("<([a-z_]+)>")


@dataclass(frozen=True)
class Act:
    """How an act is said: in one clause (``says``, unless ``denied``) or over several; ``never`` undoes it."""

    says: re.Pattern[str] | None
    denied: re.Pattern[str] | None
    across: re.Pattern[str] | None
    never: re.Pattern[str] | None


def clauses_of(text: str) -> tuple[str, ...]:
    """``text``, as it was typed, as it was meant, cut where a speaker pauses; a clause keeps its question mark."""
    # Normalising takes out the blanks between characters, which is how many people end a clause.
    read = as_meant(word("pause").sub(word_text("comma"), text[:MOST_READ].strip()))
    return tuple(word("clause").findall(read)) or (text.strip(),)  # a line of nothing but what is left out, like a nod


def does(name: str, clauses: tuple[str, ...]) -> bool:
    """Whether the act ``name`` of ``wording/acts.yml`` is done in ``clauses``."""
    act, whole = acts()[name], word_text("comma").join(clauses)
    if act.never and act.never.search(whole):
        return False
    if act.across and act.across.search(whole):
        return True
    return any(act.says and act.says.search(clause) and not is_denied(name, clause) for clause in clauses)


def is_denied(name: str, clause: str) -> bool:
    """Whether ``clause`` says of the act that it is not done, or asks or tells about it."""
    denied = acts()[name].denied
    return bool(denied and denied.search(word("harmless").sub("", clause)))


@lru_cache(maxsize=1)
def acts() -> dict[str, Act]:
    """All acts in the order of the file."""
    return {
        name: Act(*(_either(one.get(key)) for key in ("says", "not", "across", "never")))
        for name, one in _file()["acts"].items()
    }


@lru_cache(maxsize=64)
def word(name: str) -> re.Pattern[str]:
    """The pattern ``name`` among the words that stand around what is meant."""
    return pattern(_opened(_file()["words"][name]))


def word_text(name: str) -> str:
    """The words ``name`` as they are written."""
    return str(_file()["words"][name])


@lru_cache(maxsize=1)
def _file() -> dict[str, Any]:
    with FILE.open(encoding="utf-8") as file:
        written: dict[str, Any] = yaml.load(file, yaml.CSafeLoader)
    return written


def _either(written: list[str] | None) -> re.Pattern[str] | None:
    return pattern("|".join(f"(?:{_opened(one)})" for one in written)) if written else None


def _opened(written: str) -> str:
    """``written`` with the groups of the file; those that it has not are left to the patterns of the knowledge."""
    own: dict[str, str] = _file()["groups"]
    while any(match[1] in own for match in _GROUP.finditer(written)):
        written = _GROUP.sub(lambda match: f"(?:{own[match[1]]})" if match[1] in own else match[0], written)
    return written
