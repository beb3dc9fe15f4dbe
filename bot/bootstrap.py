"""The composition root: settings become services. Imported by the edges only."""

from __future__ import annotations

from functools import lru_cache

from bot.records.sql import SqlRecordStore
from bot.records.store import RecordStore
from bot.settings import settings


@lru_cache(maxsize=1)
def records() -> RecordStore:
    """The record store of this process, opened on first use."""
    return SqlRecordStore(settings().records_url)
