"""Where conversations are kept: Rasa's SQL tracker store at the address in the settings."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from sqlalchemy.engine import make_url
from sqlalchemy.orm import sessionmaker

from bot.records.engine import open_engine
from bot.records.once import Once, Unbroken
from bot.settings import ROOT, settings

SAVED: ContextVar[Mapping[str, Any] | None] = ContextVar("SAVED", default=None)
"""The slots of the conversation that was saved last in this task: a channel that has handed over a message knows by
them where its person is now, without reading the conversation once more."""


class ConversationStore(Once, Unbroken, SQLTrackerStore):  # type: ignore[misc]
    """Rasa's store, pointed to by ``CONVERSATIONS_URL``; a SQLite file under ``GUIDE_VAR`` when that is not set."""

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

    async def save(self, tracker: Any) -> None:
        """Keep what is new of ``tracker``, and its slots for the channel (``SAVED``)."""
        SAVED.set(tracker.current_slot_values())
        await super().save(tracker)


def slots_of(person: str) -> dict[str, Any]:
    """The slots of ``person``'s conversation as they are now; empty when there is none."""
    store = ConversationStore(Domain.load(str(ROOT / "domain.yml")))
    tracker = asyncio.run(store.retrieve(person))
    return dict(tracker.current_slot_values()) if tracker else {}


def forget_conversation(person: str) -> int:
    """Delete every event of ``person``'s conversation and return how many there were."""
    store = ConversationStore()
    with store.session_scope() as session:
        deleted = session.query(store.SQLEvent).filter_by(sender_id=person).delete()
        session.commit()
    return int(deleted)
