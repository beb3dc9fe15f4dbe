"""Where conversations are kept: Rasa's SQL tracker store at the address in the settings."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from rasa.shared.core.domain import Domain
from sqlalchemy import func
from sqlalchemy.engine import make_url
from sqlalchemy.orm import sessionmaker

from bot.clock import CHINA
from bot.records.discretion import Discreet, days_ago
from bot.records.engine import leave_no_trace, open_engine, overwrite_deleted
from bot.records.keys import keys
from bot.records.once import Once
from bot.records.recent import ReadsRecent, make_ready
from bot.records.sealed_events import reseal_all
from bot.records.unsaved import InMemory, InRedis, Unsaved
from bot.settings import ROOT, settings

SPEAKERS = {"user": "person", "bot": "guide"}
"""Who speaks in an event of Rasa's, by its kind."""


class ConversationStore(Once, Discreet, ReadsRecent):
    """Rasa's store, pointed to by ``CONVERSATIONS_URL``; a SQLite file under ``GUIDE_VAR`` when that is not set."""

    engine: Any

    def __init__(self, domain: Any = None, event_broker: Any = None, host: Any = None, **_: Any) -> None:  # noqa: ARG002 (Rasa passes it)
        url = make_url(settings().conversations_url)
        if url.get_backend_name() == "sqlite" and url.database:
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        super().__init__(
            domain,
            dialect=url.drivername,
            host=url.host,
            port=url.port,
            db=url.database or "",
            username=url.username,
            password=url.password,
            query=dict(url.query) or None,
            event_broker=event_broker,
        )
        self.engine.dispose()
        self.engine = open_engine(settings().conversations_url)
        self.sessionmaker = sessionmaker(bind=self.engine)
        overwrite_deleted(self.engine)
        make_ready(self.engine)
        self.unsaved = _unsaved()

    def erase(self, person: str) -> int:
        """Delete every event of ``person`` and return how many there were; nothing is left in SQLite's files."""
        names = keys().names(person)
        with self.session_scope() as session:
            mine = session.query(self.SQLEvent).filter(self.SQLEvent.sender_id.in_(names))
            deleted = int(mine.delete(synchronize_session=False))
            session.commit()
        if deleted:
            leave_no_trace(self.engine)
        return deleted

    def expire(self, days: int) -> int:
        """Delete conversations in which nothing was said for ``days`` days; how many events that were."""
        event = self.SQLEvent
        with self.session_scope() as session:
            quiet = session.query(event.sender_id).group_by(event.sender_id)
            quiet = quiet.having(func.max(event.timestamp) < days_ago(days)).subquery()
            old = session.query(event).filter(event.sender_id.in_(quiet.select()))
            deleted = int(old.delete(synchronize_session=False))
            session.commit()
        if deleted:
            leave_no_trace(self.engine)
        return deleted

    def reseal(self) -> int:
        """Seal every event that the current key has not sealed; how many they are."""
        with self.session_scope() as session:
            count = reseal_all(session)
        if count:
            leave_no_trace(self.engine)
        return count


def _unsaved() -> Unsaved:
    url, ring = settings().channels["CHANNELS_REDIS_URL"], keys()
    return InRedis(url, ring.seal, ring.open) if url else InMemory()


@contextmanager
def _opened(domain: Domain | None = None) -> Iterator[ConversationStore]:
    """The store for one piece of work; its connections are let go."""
    store = ConversationStore(domain)
    try:
        yield store
    finally:
        store.engine.dispose()


def slots_of(person: str) -> dict[str, Any]:
    """The slots of ``person``'s conversation as they are now; empty when there is none."""
    store = ConversationStore(Domain.load(str(ROOT / "domain.yml")))
    tracker = asyncio.run(store.retrieve(person))
    return dict(tracker.current_slot_values()) if tracker else {}


def messages_of(person: str) -> list[dict[str, str]]:
    """What ``person`` and the guide said to each other, as far as it is kept, in order: when (China), who, the words.

    Everything from before a new start is among it; secrets were masked before it was written down.
    """
    with _opened(Domain.load(str(ROOT / "domain.yml"))) as store:
        tracker = asyncio.run(store.retrieve_full_tracker(person))
    said = (event for event in (tracker.events if tracker else ()) if event.type_name in SPEAKERS and event.text)
    return [
        {
            "at": datetime.fromtimestamp(event.timestamp, CHINA).isoformat(timespec="seconds"),
            "by": SPEAKERS[event.type_name],
            "text": event.text,
        }
        for event in said
    ]


def forget_conversation(person: str) -> int:
    """Delete every event of ``person``'s conversation from the disk and return how many there were."""
    with _opened() as store:
        return store.erase(person)


async def forget_unsaved(person: str) -> None:
    """Forget what several processes remember together of a conversation that nobody agreed to keep."""
    await _unsaved().drop(person)


def reseal_conversations() -> int:
    """Seal with the current key what another or none has sealed; how many events that were."""
    with _opened() as store:
        return store.reseal()


def expire_conversations(days: int) -> int:
    """Delete the conversations that have been quiet for ``days`` days; how many events that were."""
    with _opened() as store:
        return store.expire(days)
