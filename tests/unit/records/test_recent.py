"""Conversations of any length: the recent part is read, the whole stays, and nothing that was said is lost."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from rasa.shared.core import events as said
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import text
from sqlalchemy.exc import OperationalError, ProgrammingError

from bot.errors import RecordError
from bot.records.conversations import ConversationStore
from bot.records.recent import Recent
from bot.records.shorten import MOST, STATES
from bot.settings import settings
from tests.services import Postgres
from tests.unit.records.test_shorten import DOMAIN, known, turns

PERSON = "person 7f3a"
WORKED = 6
"""Events of a turn of ``talk``."""

Open = Callable[[], ConversationStore]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def opened(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """A store of what people agreed to keep, opened anew each time, as by another process."""
    url = f"sqlite:///{tmp_path / 'conversations.db'}"
    if request.param == "postgresql":
        server: Postgres = request.getfixturevalue("postgres")
        url = server.new_database()
    for name in ("GUIDE_KEYS", "CHANNELS_REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CONVERSATIONS_URL", url)
    settings.cache_clear()
    opened: list[ConversationStore] = []

    def opening() -> ConversationStore:
        opened.append(ConversationStore(DOMAIN))
        return opened[-1]

    yield opening
    for store in opened:
        store.engine.dispose()
    monkeypatch.undo()
    settings.cache_clear()


def turn(number: int, start: str = "given") -> list[Event]:
    return [
        said.UserUttered(f"message {number}", {"name": "answer", "confidence": 1.0}),
        said.SlotSet("consent", start),
        said.SlotSet("case", number),
        said.ActionExecuted("tell"),
        said.BotUttered(f"answer {number}"),
        said.ActionExecuted("action_listen"),
    ]


async def talk(store: ConversationStore, numbers: range, person: str = PERSON, consent: str = "given") -> None:
    """Turns of ``person``, each read and saved for itself."""
    for number in numbers:
        tracker = await store.get_or_create_tracker(person)
        tracker.update_with_events(turn(number, consent), store.domain)
        await store.save(tracker)


def rows(store: ConversationStore, person: str = PERSON) -> list[Any]:
    with store.session_scope() as session:
        query = session.query(store.SQLEvent).filter(store.SQLEvent.sender_id == person)
        return list(query.order_by(store.SQLEvent.id).all())


def texts(tracker: DialogueStateTracker | None) -> list[str]:
    return [event.text for event in (tracker.events if tracker else ()) if isinstance(event, said.UserUttered)]


def messages(numbers: range) -> list[str]:
    return [f"message {number}" for number in numbers]


async def test_the_recent_part_is_bounded_and_the_whole_is_complete(opened: Open) -> None:
    store = opened()
    await talk(store, range(100))
    recent, whole = await opened().retrieve(PERSON), await opened().retrieve_full_tracker(PERSON)
    assert len(recent.events) <= MOST + WORKED + 4 * STATES
    assert texts(recent)[-3:] == messages(range(97, 100))
    assert texts(whole) == messages(range(100))
    assert recent.get_slot("case") == whole.get_slot("case") == 99
    assert [row.type_name for row in rows(store)].count(Recent.type_name) == 1


@hypothesis_settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(conversation=st.lists(turns(), min_size=25, max_size=40))
def test_what_is_read_after_each_turn_is_what_the_whole_gives(opened: Open, conversation: list[list[Event]]) -> None:
    store, person = opened(), uuid.uuid4().hex
    whole: list[Event] = []

    async def hold() -> None:
        for events in conversation:
            tracker = await store.retrieve(person) or store.init_tracker(person)
            for event in [*events, said.SlotSet("consent", "given")]:
                tracker.update(event)
                whole.append(event)
            await store.save(tracker)
            read = await store.retrieve(person)
            assert known(read) == known(DialogueStateTracker.from_events(person, whole, DOMAIN.slots))
        kept = await store.retrieve_full_tracker(person)
        assert [event.as_dict() for event in kept.events] == [event.as_dict() for event in whole]

    asyncio.run(hold())


async def test_a_tracker_saved_twice_in_a_turn_is_written_once(opened: Open) -> None:
    store = opened()
    await talk(store, range(40))
    tracker = await store.retrieve(PERSON)
    tracker.update_with_events(turn(40), DOMAIN)
    await store.save(tracker)
    await store.save(tracker)
    tracker.update_with_events(turn(41), DOMAIN)
    await store.save(tracker)
    assert texts(await store.retrieve_full_tracker(PERSON)) == messages(range(42))


async def test_a_copy_of_a_tracker_is_saved_like_the_tracker(opened: Open) -> None:
    store = opened()
    await talk(store, range(40))
    copy = (await store.retrieve(PERSON)).copy()
    copy.update_with_events(turn(40), DOMAIN)
    await store.save(copy)
    assert texts(await store.retrieve_full_tracker(PERSON)) == messages(range(41))


@pytest.mark.parametrize("before", [0, 1, 13])
async def test_of_two_who_write_at_once_one_is_refused_and_nothing_is_hidden(opened: Open, before: int) -> None:
    one, two = opened(), opened()
    await talk(one, range(before))
    for number in range(before, before + 20):
        mine = await one.retrieve(PERSON) or DialogueStateTracker.from_events(PERSON, [], DOMAIN.slots)
        theirs = await two.retrieve(PERSON) or DialogueStateTracker.from_events(PERSON, [], DOMAIN.slots)
        mine.update_with_events(turn(number), DOMAIN)
        theirs.update_with_events(turn(900), DOMAIN)
        await one.save(mine)
        with pytest.raises(RecordError):
            await two.save(theirs)
        assert texts(await two.retrieve(PERSON))[-1:] == messages(range(number, number + 1))
    assert texts(await one.retrieve_full_tracker(PERSON)) == messages(range(before + 20))


async def test_what_could_not_be_written_is_written_the_next_time(opened: Open) -> None:
    store = opened()
    await talk(store, range(30))
    tracker = await store.retrieve(PERSON)
    tracker.update_with_events(turn(30), DOMAIN)
    with store.session_scope() as session:
        session.execute(text("ALTER TABLE events RENAME TO away"))
        session.commit()
    with pytest.raises((OperationalError, ProgrammingError)):
        await store.save(tracker)
    with store.session_scope() as session:
        session.execute(text("ALTER TABLE away RENAME TO events"))
        session.commit()
    await store.save(tracker)
    assert texts(await store.retrieve_full_tracker(PERSON)) == messages(range(31))


async def test_an_old_conversation_without_a_shortened_row_goes_on(opened: Open) -> None:
    store = opened()
    await talk(store, range(100))
    with store.session_scope() as session:
        session.query(store.SQLEvent).filter(store.SQLEvent.type_name == Recent.type_name).delete()
        session.commit()
    await talk(store, range(100, 102))
    assert [row.type_name for row in rows(store)].count(Recent.type_name) == 1
    assert texts(await store.retrieve_full_tracker(PERSON)) == messages(range(102))
    assert texts(await store.retrieve(PERSON))[-3:] == messages(range(99, 102))


async def test_a_new_session_begins_with_what_was_carried_over(opened: Open) -> None:
    store = opened()
    await talk(store, range(40))
    tracker = await store.retrieve(PERSON)
    begun = [said.ActionExecuted("action_session_start"), said.SessionStarted(), said.SlotSet("case", 5)]
    tracker.update_with_events([*begun, *turn(40)[1:2], said.ActionExecuted("action_listen")], DOMAIN)
    await store.save(tracker)
    read = await store.retrieve(PERSON)
    assert (texts(read), read.get_slot("case")) == ([], 5)
    await talk(store, range(41, 43))
    assert texts(await store.retrieve(PERSON)) == messages(range(41, 43))
    assert texts(await store.retrieve_full_tracker(PERSON)) == messages(range(40)) + messages(range(41, 43))


async def test_what_was_remembered_without_consent_is_written_when_there_is(opened: Open) -> None:
    store = opened()
    await talk(store, range(60), consent="")
    assert rows(store) == []
    assert len((await store.retrieve(PERSON)).events) <= MOST + WORKED + 4 * STATES
    await talk(store, range(60, 62))
    read = await opened().retrieve(PERSON)
    assert (texts(read)[-4:], read.get_slot("case")) == (messages(range(58, 62)), 61)


async def test_consent_that_comes_and_goes_loses_nothing_that_is_recent(opened: Open) -> None:
    store = opened()
    await talk(store, range(40))
    await talk(store, range(40, 43), consent="")  # not taken back: what is on the disk stays there
    await talk(store, range(43, 45))
    assert texts(await opened().retrieve_full_tracker(PERSON)) == messages(range(45))
    await talk(store, range(45, 47), consent="refused")
    assert rows(store) == []
    await talk(store, range(47, 49))
    assert texts(await opened().retrieve(PERSON))[-4:] == messages(range(45, 49))


async def test_an_event_of_one_person_is_new_for_another(opened: Open) -> None:
    store, events = opened(), turn(0)
    for person in ("one", "two"):
        tracker = store.init_tracker(person)
        for event in events:
            tracker.update(event)
        await store.save(tracker)
    assert len(rows(store, "one")) == len(rows(store, "two")) == len(events)


async def test_everything_of_a_person_is_erased(opened: Open) -> None:
    store = opened()
    await talk(store, range(40))
    assert store.erase(PERSON) > 40 * WORKED
    assert (rows(store), await store.retrieve(PERSON)) == ([], None)
