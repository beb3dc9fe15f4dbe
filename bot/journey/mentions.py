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
from decimal import Decimal
from typing import Any

from bot.reading import (
    Amount,
    DateMention,
    Period,
    Rate,
    find_amounts,
    find_dates,
    find_periods,
    find_rates,
)

VALUES = {
    "money": ("low_fen", "high_fen", "approximate", "vague", "unit"),
    "period": ("kind", "low", "high", "vague", "overdue"),
    "date": ("kind", "earliest", "latest", "day_of_month", "vague", "invalid"),
    "rate": ("kind", "value"),
}
"""What of each quantity goes into the mention."""
QUANTITIES = tuple(VALUES)


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
        *(_mention("money", one) for one in find_amounts(text)),
        *(_mention("period", one) for one in find_periods(text)),
        *(_mention("date", one) for one in find_dates(text, today)),
        *(_mention("rate", one) for one in find_rates(text)),
    ]
    return sorted(found, key=lambda mention: (mention.start, mention.end))


def _mention(entity: str, read: Amount | Period | DateMention | Rate) -> Mention:
    """What a reader found, with its values as JSON has them."""
    values = {name: getattr(read, name) for name in VALUES[entity]}
    return Mention(entity, {name: _plain(value) for name, value in values.items()}, read.start, read.end)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def from_entities(entities: Iterable[Mapping[str, Any]]) -> list[Mention]:
    """The mentions that the pipeline, or a button, put into a message; in order of their place."""
    found = [
        Mention(entity["entity"], entity.get("value"), int(entity.get("start") or 0), int(entity.get("end") or 0))
        for entity in entities
    ]
    return sorted(found, key=lambda mention: (mention.start, mention.end))
