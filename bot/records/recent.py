"""A tracker store that reads the recent part of a conversation, however long it is.

Now and then the conversation, shortened, is written beside its events as a row of its own: a ``Recent``. To go on with
the conversation only the last of these rows and what follows it are read. The events themselves all stay, for whoever
wants the whole. Every event that has a row knows its number, so what is new is told by the event and not by counting.

Rasa's store writes "all events beyond the number that are there". When another process has written in between, that
drops as many events of this turn without a word. Here such a turn is refused and nothing of it is kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import Event, SessionStarted, SkipEventInMDStoryMixin
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import func, text
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Query, Session

from bot.errors import RecordError
from bot.records.keys import keys
from bot.records.sealed_events import name_of
from bot.records.shorten import Moment, event_of, shortened

ROWS: Final = 250
"""Rows among which the last ``Recent`` is looked for first."""
ROW: Final = "guide_row"
"""Attribute of an event: whose it is and the number of the row that holds it."""
INDEX: Final = "CREATE INDEX IF NOT EXISTS guide_events_in_order ON events (sender_id, id)"
LOCK: Final = text("SELECT pg_advisory_xact_lock(hashtextextended(:person, 5005))")
GONE_ON: Final = "another process has gone on with this conversation"


class Recent(SkipEventInMDStoryMixin):  # type: ignore[misc]
    """A row that holds the conversation before it, shortened. It is never part of a tracker."""

    type_name = "guide_recent"

    def __init__(self, events: Sequence[Event]) -> None:
        super().__init__(events[-1].timestamp)
        self.events = events

    def as_dict(self) -> dict[str, Any]:
        """The row as it is kept."""
        return {**super().as_dict(), "events": [event.as_dict() for event in self.events]}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Recent) and self.events == other.events

    __hash__ = None  # type: ignore[assignment]  # as with Rasa's events


STARTS: Final = (Recent.type_name, SessionStarted.type_name)
"""Rows with which the recent part of a conversation begins."""


def make_ready(engine: Engine) -> None:
    """Let PostgreSQL find the last rows of a person without looking at all of them; SQLite's index does it already."""
    if engine.dialect.name != "postgresql":
        return
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('guide_events_in_order'))"))
        connection.execute(text(INDEX))


def without_rows(events: Sequence[Event]) -> list[Event]:
    """``events``, which nobody takes for stored any longer."""
    for event in events:
        event.__dict__.pop(ROW, None)
    return list(events)


class ReadsRecent(SQLTrackerStore):  # type: ignore[misc]
    """Rasa's SQL store, with a turn that costs the same at any length of the conversation."""

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Write what is new and send it to the broker, if there is one.

        Events whose writing failed are new the next time as well. Raises ``RecordError`` when another process has
        written meanwhile.
        """
        new = [event for event in tracker.events if not _row(event, tracker.sender_id)]
        try:
            await super().save(tracker)
        except BaseException:
            without_rows(new)
            raise
        if self.event_broker is not None:
            await self._stream_new_events(self.event_broker, tracker.fresh, tracker.sender_id)

    async def stream_events(self, tracker: DialogueStateTracker) -> None:
        """Nothing: Rasa calls it too early, the events are not stored yet."""

    async def _retrieve(self, sender_id: str, fetch_events_from_all_sessions: bool) -> DialogueStateTracker | None:
        if not self.domain:
            return None
        with self.session_scope() as session:
            if fetch_events_from_all_sessions:
                rows = self._event_query(session, sender_id, fetch_events_from_all_sessions=True).all()
            else:
                rows = self._recent_rows(session, name_of(session, sender_id))
            events = [event for row in rows for event in _events_of(row, sender_id)]
        return DialogueStateTracker.from_events(sender_id, events, self.domain.slots) if events else None

    def _event_query(self, session: Session, sender_id: str, fetch_events_from_all_sessions: bool) -> Query[Any]:
        """Rasa's query for the events themselves, for the name under which the person is kept."""
        name = name_of(session, sender_id)
        query = super()._event_query(session, name, fetch_events_from_all_sessions)
        return query.filter(self.SQLEvent.type_name != Recent.type_name)

    def _recent_rows(self, session: Session, name: str) -> list[Any]:
        """The last row with which the recent part of a conversation can begin, and what follows it."""
        row = self.SQLEvent
        mine = session.query(row.id, row.type_name).filter(row.sender_id == name).order_by(row.id.desc())
        last = mine.limit(ROWS).all()
        start = next((one.id for one in last if one.type_name in STARTS), None)
        if start is None and len(last) == ROWS:
            start = next((one.id for one in mine.filter(row.type_name.in_(STARTS)).limit(1)), None)
        found = session.query(row).filter(row.sender_id == name, row.id >= (start or 0)).order_by(row.id)
        return list(found.all())

    def _new(self, session: Session, tracker: DialogueStateTracker) -> list[Event]:
        """Events that have no row yet."""
        person, events = tracker.sender_id, list(tracker.events)
        stored = [at for at, event in enumerate(events) if _row(event, person)]
        if stored:
            return events[stored[-1] + 1 :]
        if any(isinstance(event, Moment) for event in events):  # it comes from elsewhere, without its distant past
            row = self.SQLEvent
            mine = session.query(func.max(row.timestamp)).filter(row.sender_id == name_of(session, person))
            until = mine.scalar()
            return events if until is None else [event for event in events if event.timestamp > until]
        return self._beyond(session, tracker)

    def _beyond(self, session: Session, tracker: DialogueStateTracker) -> list[Event]:
        """Events after those that are stored, when no event knows its row; they have to be the beginning."""
        row, events = self.SQLEvent, list(tracker.events)
        stored = self._event_query(session, tracker.sender_id, fetch_events_from_all_sessions=True)
        times = [at for (at,) in stored.with_entities(row.timestamp)]
        if times != [event.timestamp for event in events[: len(times)]]:
            raise RecordError(GONE_ON)
        return events[len(times) :]

    def _additional_events(self, session: Session, tracker: DialogueStateTracker) -> Iterator[Event]:
        """What has to be written: the new events, and now and then the conversation, shortened."""
        person, row = tracker.sender_id, self.SQLEvent
        if session.get_bind().dialect.name == "postgresql":
            session.execute(LOCK, {"person": person})
        rows = [_row(event, person) for event in tracker.events]
        known, new = max(rows, default=0), self._new(session, tracker)
        tracker.fresh = new
        yield from new
        session.flush()  # from here on nobody else writes until this is committed
        name = keys().names(person)[0]
        written = session.query(row.id).filter(row.sender_id == name, row.id > known).order_by(row.id).all()
        for event, (number,) in zip(new, written[len(written) - len(new) :], strict=True):
            setattr(event, ROW, (person, number))
        if known and len(written) > len(new):
            raise RecordError(GONE_ON)
        if not known or not new:
            return
        short = shortened(person, list(tracker.events), tracker.slots.values())
        if len(short) < len(tracker.events):
            before = session.query(row).filter(row.id == rows[0], row.type_name == Recent.type_name)
            before.delete(synchronize_session=False)
            yield Recent(short)


def _row(event: Event, person: str) -> int:
    """The number of the row that holds ``event`` of ``person``; 0 when there is none."""
    owner, number = event.__dict__.get(ROW, ("", 0))
    return int(number) if owner == person else 0


def _events_of(row: Any, person: str) -> list[Event]:
    """The events that ``row`` holds; each knows the row."""
    told = json.loads(row.data)
    parts = told["events"] if row.type_name == Recent.type_name else [told]
    events = [event_of(one) for one in parts]
    for event in events:
        setattr(event, ROW, (person, row.id))
    return events
