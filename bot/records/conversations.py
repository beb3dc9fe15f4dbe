"""Where conversations are kept: Rasa's SQL tracker store at the address in the settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.core.tracker_store import SQLTrackerStore
from sqlalchemy.engine import make_url

from bot.settings import settings


class ConversationStore(SQLTrackerStore):  # type: ignore[misc]
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


def forget_conversation(person: str) -> int:
    """Delete every event of ``person``'s conversation and return how many there were."""
    store = ConversationStore()
    with store.session_scope() as session:
        deleted = session.query(store.SQLEvent).filter_by(sender_id=person).delete()
        session.commit()
    return int(deleted)
