"""What a message mentions: catalogue words and quantities, with their places in the normalised text.

A mention travels through Rasa as an entity, so its value is plain JSON:

- ``money``: ``{low_fen, high_fen, approximate, vague, unit}``
- ``period``: ``{kind: instalments|months|days, low, high, vague, overdue}``
- ``date``: ``{kind, earliest, latest, day_of_month, vague, invalid}`` with ISO dates
- ``rate``: ``{kind: daily|monthly|annual|unknown, value}`` with the value as a decimal string
- ``product, cause, document, contact, field``: the catalogue's id
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.reading import find_amounts, find_dates, find_periods, find_rates

QUANTITIES = ("money", "period", "date", "rate")


@dataclass(frozen=True)
class Mention:
    """One thing mentioned, at ``[start, end)`` of the normalised text."""

    entity: str
    value: Any
    start: int
    end: int

    def as_entity(self) -> dict[str, Any]:
        """The mention as Rasa writes entities."""
        return {"entity": self.entity, "value": self.value, "start": self.start, "end": self.end}

    @property
    def vague(self) -> bool:
        """True when a careful person would ask back."""
        return isinstance(self.value, Mapping) and bool(self.value.get("vague"))


def read_mentions(text: str, today: date) -> list[Mention]:
    """All amounts, periods, dates and rates of ``text`` (already normalised), in order."""
    found = [
        Mention(
            "money",
            {
                "low_fen": amount.low_fen,
                "high_fen": amount.high_fen,
                "approximate": amount.approximate,
                "vague": amount.vague,
                "unit": amount.unit,
            },
            amount.start,
            amount.end,
        )
        for amount in find_amounts(text)
    ]
    found += [
        Mention(
            "period",
            {"kind": p.kind, "low": p.low, "high": p.high, "vague": p.vague, "overdue": p.overdue},
            p.start,
            p.end,
        )
        for p in find_periods(text)
    ]
    found += [
        Mention(
            "date",
            {
                "kind": d.kind,
                "earliest": d.earliest.isoformat() if d.earliest else None,
                "latest": d.latest.isoformat() if d.latest else None,
                "day_of_month": d.day_of_month,
                "vague": d.vague,
                "invalid": d.invalid,
            },
            d.start,
            d.end,
        )
        for d in find_dates(text, today)
    ]
    found += [
        Mention("rate", {"kind": r.kind, "value": str(r.value)}, r.start, r.end) for r in find_rates(text)
    ]
    return sorted(found, key=lambda mention: (mention.start, mention.end))


def from_entities(entities: Iterable[Mapping[str, Any]]) -> list[Mention]:
    """The mentions that the pipeline, or a button, put into a message; in order of their place."""
    found = [
        Mention(
            entity["entity"], entity.get("value"), int(entity.get("start") or 0), int(entity.get("end") or 0)
        )
        for entity in entities
    ]
    return sorted(found, key=lambda mention: (mention.start, mention.end))
