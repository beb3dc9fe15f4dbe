"""Events of conversations, sealed as they are written and opened as they are read: Rasa's own table, and nothing else.

The row keeps the kind of the event and its time; who it is of is a keyed hash, and what was meant and done is empty.
"""

from __future__ import annotations

import json
from typing import Any

from rasa.core.tracker_store import SQLTrackerStore
from sqlalchemy import event, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from bot.privacy.sealing import PREFIX
from bot.records.keys import keys

EVENTS = SQLTrackerStore.SQLEvent
TABLE = EVENTS.__table__


def _place(name: str, kind: str) -> str:
    return f"events.data:{name}:{kind}"


@event.listens_for(EVENTS, "before_insert")  # type: ignore[untyped-decorator, unused-ignore]
def _seal(_mapper: Any, _connection: Any, row: Any) -> None:
    ring, person = keys(), row.sender_id
    if ring.current is None:
        return
    row.sender_id = ring.hide(person)
    row.data = ring.seal(json.dumps([person, row.data]), _place(row.sender_id, row.type_name))
    row.intent_name = row.action_name = None


@event.listens_for(EVENTS, "load")  # type: ignore[untyped-decorator, unused-ignore]
def _open(row: Any, _context: Any) -> None:
    if str(row.data).startswith(PREFIX):
        person, data = opened(row.data, row.sender_id, row.type_name)
        set_committed_value(row, "data", data)
        set_committed_value(row, "sender_id", person)


def opened(text: str, name: str, kind: str) -> tuple[str, str]:
    """Whose event it is, and the event. Raises ``SealError``."""
    if not text.startswith(PREFIX):
        return name, text
    person, data = json.loads(keys().open(text, _place(name, kind)))
    return str(person), str(data)


def name_of(session: Session, person: str) -> str:
    """The name under which ``person`` is kept now; what is under an older name is sealed anew on the way."""
    current, *older = keys().names(person)
    if not older or _exists(session, current):
        return current
    for name in older:
        if _exists(session, name):
            reseal(session, name)
            session.commit()
    return current


def reseal(session: Session, name: str) -> int:
    """Seal the events that are kept under ``name`` with the current key; how many they are."""
    rows = session.execute(select(TABLE.c.id, TABLE.c.type_name, TABLE.c.data).where(TABLE.c.sender_id == name)).all()
    ring = keys()
    for row in rows:
        person, data = opened(row.data, name, row.type_name)
        now = ring.hide(person)
        told = ring.seal(json.dumps([person, data]), _place(now, row.type_name)) if ring.current else data
        values = {"sender_id": now, "data": told, "intent_name": None, "action_name": None}
        session.execute(update(TABLE).where(TABLE.c.id == row.id).values(**values))
    return len(rows)


def reseal_all(session: Session) -> int:
    """Seal every event that the current key has not sealed; how many they are."""
    ring, count = keys(), 0
    for (name,) in session.execute(select(TABLE.c.sender_id).distinct()).all():
        first = session.execute(select(TABLE.c.data).where(TABLE.c.sender_id == name).limit(1)).scalar()
        if first is not None and not ring.is_current(str(first)):
            count += reseal(session, name)
            session.commit()
    return count


def _exists(session: Session, name: str) -> bool:
    return session.execute(select(TABLE.c.id).where(TABLE.c.sender_id == name).limit(1)).first() is not None
