"""Which facts have to be checked again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.knowledge.model import Fact


def stale(facts: Iterable[Fact], on: date) -> list[Fact]:
    """The facts that have expired by that day (``expires_on`` included), the longest expired first."""
    return sorted((fact for fact in facts if fact.expires_on <= on), key=lambda fact: (fact.expires_on, fact.id))
