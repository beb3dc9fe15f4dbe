"""Patterns as the knowledge files write them: regular expressions with names for groups of words, and gaps.

``<they>`` stands for any of the words of that name in ``wording/groups.yml``; ``…`` for up to ``GAP`` characters of the
same clause, ``……`` for up to ``LONG_GAP`` characters of the same sentence.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml

GROUPS = Path(__file__).parent / "wording" / "groups.yml"
GAP = 8
LONG_GAP = 18

_NAME = re.compile("<([a-z_]+)>")
_DOTS = "\u2026"


@lru_cache(maxsize=1)
def groups() -> dict[str, list[str]]:
    """The words of each group, as they are written."""
    with GROUPS.open(encoding="utf-8") as file:
        written: dict[str, list[str]] = yaml.load(file, yaml.CSafeLoader)
    return written


@lru_cache(maxsize=1024)
def pattern(written: str) -> re.Pattern[str]:
    """``written`` ready to search with. Raises ``ValueError`` for an unknown name and for what is no pattern."""
    opened = written
    while match := _NAME.search(opened):
        if match[1] not in groups():
            raise ValueError(f"no group {match[0]} in {GROUPS.name}")
        opened = opened.replace(match[0], f"(?:{'|'.join(groups()[match[1]])})")
    opened = opened.replace(_DOTS * 2, _gap("sentence_ends", LONG_GAP)).replace(_DOTS, _gap("clause_ends", GAP))
    try:
        return re.compile(opened, re.IGNORECASE)
    except re.error as error:
        raise ValueError(f"no pattern: {written!r} ({error})") from error


def _gap(ends: str, longest: int) -> str:
    """Up to ``longest`` characters, as few as will do, none of which is in the group ``ends``."""
    return f"[^{re.escape(''.join(groups()[ends]))}]{{0,{longest}}}?"
