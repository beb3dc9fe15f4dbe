"""The composition root: settings become services. Imported by the edges only."""

from __future__ import annotations

from functools import lru_cache

from bot.clock import now
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


def links_to(person: str, content: Content) -> dict[str, str]:
    """Links to the files of a pack, by their names, for one day."""
    return links.make(records(), person, content, now(), settings().url)
