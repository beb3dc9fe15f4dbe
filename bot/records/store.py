"""Records of talks with the lender: what is kept, and what any store of them can do."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

PAPER_STATES = ("have", "substitute", "missing")


@dataclass(frozen=True)
class Talk:
    """What came out of one talk with the lender, as the person confirmed it. Amounts in fen; None is "not said"."""

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
    ticket: str | None = None
    said: str | None = None
    """What the lender said, in the person's words."""
    call_back: date | None = None
    """The day until which an answer was promised."""
    total_fen: int | None = None
    """What is to be paid in all under the agreement."""
    principal_fen: int | None = None
    interest_fen: int | None = None
    waived_fen: int | None = None
    collection: str | None = None
    """Whether the calls stop: ``stops`` or ``goes_on``."""
    credit: str | None = None
    """How the credit record is reported: ``normal``, ``overdue`` or ``after_payment``."""
    confirmation: str | None = None
    """How it was confirmed: ``written`` or ``spoken``."""
    waiver: str | None = None
    """What is waived as a whole, whatever it comes to: ``penalty``, ``interest``, ``both`` or ``none``."""
    products: tuple[str, ...] = ()
    """Catalogue ids of the debts it was about; empty when nobody said."""

    def is_about(self, other: Talk) -> bool:
        """True when both may be about the same debt; a talk of which nobody said it may be about any."""
        return not self.products or not other.products or not set(self.products).isdisjoint(other.products)


@dataclass(frozen=True)
class Record:
    """A talk that was saved, with its number among this person's records (from 1) and the instalments paid since."""

    number: int
    talk: Talk
    payments: tuple[date, ...] = field(default=())


@dataclass(frozen=True)
class KeptDebt:
    """One debt as it was told when it was kept."""

    product: str
    balance_fen: int | None = None
    overdue_days: int | None = None
    due_day: int | None = None


@dataclass(frozen=True)
class Paper:
    """One paper of the checklist."""

    document: str
    """Catalogue id of the document."""
    state: str
    """``have``, ``substitute`` or ``missing``."""


@dataclass(frozen=True)
class Kept:
    """A person's case as it is kept with their records. Amounts in fen a month."""

    cause: str | None = None
    income_fen: int | None = None
    expenses_fen: int | None = None
    debts: tuple[KeptDebt, ...] = ()
    papers: tuple[Paper, ...] = ()


@dataclass(frozen=True)
class Reminder:
    """A day on which something is to be done: an answer that was promised, or an instalment."""

    kind: str
    """``callback`` or ``due``."""
    on: date
    record: int
    """Number of the record it comes from."""
    instalment: int | None = None
    """Number of the instalment, from 1."""
    done_on: date | None = None


@dataclass(frozen=True)
class Waiting:
    """A reminder that is not done yet, with whom it is for."""

    id: int
    person: str
    reminder: Reminder
    since: date
    """The day of the talk it comes from."""
    told_on: date | None = None
    """The day on which it was told last without being asked."""


class RecordStore(Protocol):
    """Keeps each person's records apart; a person is the channel's sender id."""

    @property
    def revision(self) -> str:
        """The revision of the schema, which is the newest one."""

    def add(self, person: str, talk: Talk, kept: Kept | None = None) -> Record:
        """Save ``talk`` (and ``kept``) in one transaction and return it with its number. Raises ``RecordError``."""

    def of(self, person: str) -> list[Record]:
        """All records of ``person``, the oldest first. Raises ``RecordError``."""

    def add_payment(self, person: str, number: int, paid_on: date) -> Record:
        """Note that an instalment of record ``number`` was paid. Raises ``RecordError`` when there is none."""

    def keep(self, person: str, kept: Kept) -> None:
        """Replace what is kept of the case of ``person``. Raises ``RecordError``."""

    def kept(self, person: str) -> Kept | None:
        """What was kept of the case of ``person`` last; None when nothing was. Raises ``RecordError``."""

    def reminders(self, person: str) -> list[Reminder]:
        """All reminders of ``person``, the soonest first. Raises ``RecordError``."""

    def waiting(self, until: date) -> list[Waiting]:
        """What is not done of everybody's reminders up to the day ``until``. Raises ``RecordError``."""

    def tell(self, waiting: Waiting, on: date) -> bool:
        """Note that ``waiting`` is told on that day; False when another process was quicker or it is done by now.

        Raises ``RecordError``.
        """

    def untell(self, waiting: Waiting) -> None:
        """Take that back: it could not be said. Raises ``RecordError``."""

    def add_link(self, person: str, secret_hash: str, content: str, at: datetime, expires_at: datetime) -> None:
        """Keep ``content`` for whoever knows the secret, until then; what has expired ``at`` this moment goes.

        Raises ``RecordError``.
        """

    def linked(self, secret_hash: str, at: datetime) -> str | None:
        """The content kept under ``secret_hash``; None when there is none or it has expired at ``at``."""

    def reseal(self) -> int:
        """Seal with the current key whatever is not, and return how many values that were. Raises ``RecordError``."""

    def expire(self, before: datetime) -> int:
        """Delete the cases that nobody has touched since ``before`` and return how many. Raises ``RecordError``."""

    def forget(self, person: str) -> int:
        """Delete everything of ``person`` and return how many records there were. Raises ``RecordError``."""
