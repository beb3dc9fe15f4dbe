"""The composition root: settings become services. Imported by the edges only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from bot.clock import now
from bot.errors import RecordError
from bot.papers import links
from bot.papers.content import Content
from bot.records.sql import SqlRecordStore
from bot.records.store import RecordStore
from bot.settings import settings


@lru_cache(maxsize=1)
def records() -> RecordStore:
    """The record store of this process, opened on first use."""
    return SqlRecordStore(settings().records_url)


WEB = "socketio"
"""The channel of our own page."""


def can_link(channel: str) -> bool:
    """True when a link to our own server can be opened where the person talks: on the page, or anywhere in public."""
    return channel == WEB or settings().is_public


@dataclass(frozen=True)
class Forgotten:
    """How much of a person was deleted."""

    events: int
    records: int
    reminders: int


def forget(person: str) -> Forgotten:
    """Delete what is on the disk of ``person``: the conversation, the case, records, reminders, links.

    Raises ``RecordError`` when something of it is still there afterwards.
    """
    from bot.records.conversations import forget_conversation

    reminders = len(records().reminders(person))
    done = Forgotten(forget_conversation(person), records().forget(person), reminders)
    if records().of(person) or records().kept(person) or forget_conversation(person):
        raise RecordError("not everything is deleted")
    return done


def withdraw(person: str) -> None:
    """Delete the records of ``person``, who no longer wants anything kept; the conversation goes when it is saved."""
    records().forget(person)


def expire() -> Forgotten:
    """Delete what nobody has touched for as many days as the settings say; ``records`` counts cases here."""
    from bot.records.conversations import expire_conversations

    days = settings().retention_days
    return Forgotten(expire_conversations(days), records().expire(now() - timedelta(days=days)), 0)


def reseal() -> tuple[int, int]:
    """Seal with the current key what another or none has sealed: how many events, and values of records."""
    from bot.records.conversations import reseal_conversations

    return reseal_conversations(), records().reseal()


def retention_days() -> int:
    """Days after which what has not been touched is deleted."""
    return settings().retention_days


def links_to(person: str, content: Content) -> dict[str, str]:
    """Links to the files of a pack, by their names, for one day."""
    return links.make(records(), person, content, now(), settings().url)
