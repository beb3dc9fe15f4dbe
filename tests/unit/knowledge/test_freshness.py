"""Which facts have to be checked again."""

from __future__ import annotations

from datetime import date

from bot.knowledge.freshness import stale
from bot.knowledge.model import Fact, Source


def fact(name: str, expires_on: date) -> Fact:
    return Fact(
        id=f"law.{name}",
        statement_zh="一句话。",
        grade="A",
        source=Source("某法", None, None),
        checked_on=date(2026, 1, 1),
        expires_on=expires_on,
        value=None,
        unit=None,
        valid_from=None,
        valid_until=None,
    )


EARLY, LATE = fact("early", date(2027, 1, 1)), fact("late", date(2027, 6, 1))


def test_nothing_is_stale_before_it_expires() -> None:
    assert stale([EARLY, LATE], date(2026, 12, 31)) == []


def test_a_fact_is_stale_from_the_day_it_expires() -> None:
    assert stale([LATE, EARLY], date(2027, 1, 1)) == [EARLY]


def test_the_longest_expired_comes_first() -> None:
    assert stale([LATE, EARLY], date(2028, 1, 1)) == [EARLY, LATE]
