"""What a person does with a line in a call: gives a reason, names an amount, asks for the ticket, insults, gives in …

Patterns come from ``wording/acts.yml``; amounts and terms from the readers. Pure: no Rasa, no clock.
"""

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
from bot.reading import find_amounts, find_periods

FILE = Path(bot.knowledge.__file__).parent / "wording" / "acts.yml"


@dataclass(frozen=True)
class Line:
    """A line as it was understood. Amounts in fen."""

    acts: frozenset[str]
    """Names of ``wording/acts.yml``, and ``offer``, ``above_floor`` and ``accepts_above``."""
    monthly_fen: int | None = None
    """What the person names as paid a month, or at once."""
    periods: int | None = None
    """Instalments the person names."""


@lru_cache(maxsize=1)
def _file() -> dict[str, Any]:
    with FILE.open(encoding="utf-8") as file:
        written: dict[str, Any] = yaml.load(file, yaml.CSafeLoader)
    return written


@lru_cache(maxsize=1)
def _acts() -> dict[str, tuple[tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...]]]:
    acts = _file()["acts"]
    return {name: (tuple(map(pattern, one["says"])), tuple(map(pattern, one["not"]))) for name, one in acts.items()}


def read_line(
    text: str, floor_fen: int | None = None, offer_fen: int | None = None, *, has_secret: bool = False
) -> Line:
    """What ``text``, as it was typed, does in the call.

    ``floor_fen``: the most the person can pay a month; ``offer_fen``: what the agent offered last; ``has_secret``:
    something secret was found in it and taken out before.
    """
    read = as_meant(text)
    acts = {name for name in _acts() if _does(name, read)}
    if has_secret and not _denies("secret", read):
        acts.add("secret")
    paid, periods = _named(read)
    is_theirs = bool(_patterns("theirs").search(read))
    if (paid or periods) and not is_theirs and not acts & {"hides"}:
        acts.add("offer")
    over = bool(floor_fen is not None and paid and paid > floor_fen)
    if over and not is_theirs and not _cannot(read) and "accept" not in acts:
        acts.add("above_floor")
    named_theirs = offer_fen is not None and paid == offer_fen
    if "accept" in acts and offer_fen is not None and floor_fen is not None and offer_fen > floor_fen:
        if paid is None or named_theirs or paid > floor_fen:
            acts.add("accepts_above")
    elif over and "accept" in acts and not _cannot(read):
        acts.add("above_floor")
    if named_theirs:
        acts.discard("offer")
    return Line(frozenset(acts), paid, periods)


def _does(name: str, text: str) -> bool:
    says, _ = _acts()[name]
    return any(one.search(text) for one in says) and not _denies(name, text)


def _denies(name: str, text: str) -> bool:
    return any(one.search(text) for one in _acts()[name][1])


@lru_cache(maxsize=8)
def _patterns(name: str) -> re.Pattern[str]:
    return re.compile(_file()["words"][name])


def _cannot(text: str) -> bool:
    return bool(_patterns("cannot").search(text))


def _named(text: str) -> tuple[int | None, int | None]:
    """The amount that is paid and the number of instalments that ``text`` names."""
    paid = None
    for amount in find_amounts(text):
        before = text[max(0, amount.start - 12) : amount.start]
        if _patterns("not_paid").search(before) or amount.low_fen <= 0:
            continue
        after = text[amount.end : amount.end + 4]
        if amount.unit or _patterns("paid").search(before) or _patterns("paid").search(after):
            paid = amount.low_fen
    periods = [one.low for one in find_periods(text) if one.kind == "instalments"]
    return paid, periods[0] if periods else None
