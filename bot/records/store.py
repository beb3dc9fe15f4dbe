"""Records of talks with the lender: what is kept, and what any store of them can do."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol


@dataclass(frozen=True)
class Talk:
    """What came out of one talk with the lender, as the person confirmed it."""

    at: datetime
    channel: str
    """Catalogue id of the contact."""
    outcome: str
    """``agreed``, ``refused`` or ``pending``."""
    kind: str | None = None
    """For an agreement: ``instalments``, ``deferral``, ``waiver`` or ``other``."""
    monthly_fen: int | None = None
    periods: int | None = None
    defer_months: int | None = None
    first_due: date | None = None
    next_step: str | None = None
    staff: str | None = None


@dataclass(frozen=True)
class Record:
    """A talk that was saved, with its number among this person's records (from 1) and the instalments paid since."""

    number: int
    talk: Talk
    payments: tuple[date, ...] = field(default=())


class RecordStore(Protocol):
    """Keeps each person's records apart; a person is the channel's sender id."""

    def add(self, person: str, talk: Talk) -> Record:
        """Save ``talk`` in one transaction and return it with its number. Raises ``RecordError``."""

    def of(self, person: str) -> list[Record]:
        """All records of ``person``, the oldest first. Raises ``RecordError``."""

    def add_payment(self, person: str, number: int, paid_on: date) -> Record:
        """Note that an instalment of record ``number`` was paid. Raises ``RecordError`` when there is none."""

    def forget(self, person: str) -> int:
        """Delete everything of ``person`` and return how many records there were. Raises ``RecordError``."""
