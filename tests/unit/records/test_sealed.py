"""Records and conversations with keys: unreadable on the disk, bound to their place, and given a new key."""

from __future__ import annotations

import asyncio
import base64
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.clock import CHINA
from bot.errors import RecordError
from bot.records.conversations import ConversationStore
from bot.records.sql import SqlRecordStore
from bot.records.store import Kept, KeptDebt, Paper, Talk
from bot.settings import settings

ONE, TWO = (f"k{n}:" + base64.b64encode(bytes([n]) * 32).decode() for n in (1, 2))
AT = datetime(2026, 11, 23, 10, tzinfo=CHINA)
WORD = "东篱采菊悠然南山"
TALK = Talk(
    AT,
    "hotline_95188",
    "agreed",
    "instalments",
    50000,
    3,
    staff="A1024",
    said=WORD,
    total_fen=777123,
    products=("huabei", "jiebei"),
)
KEPT = Kept("illness", 412345, 398765, (KeptDebt("huabei", 876543, 20, 9),), (Paper("id_card", "have"),))
PERSON = "person 7f3a"
DOMAIN = Domain.from_dict(
    {
        "intents": ["state_illness"],
        "slots": {"consent": {"type": "text", "mappings": [{"type": "custom"}]}},
    }
)

Use = Callable[[str], None]


@pytest.fixture
def use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Use]:
    """Go on with other keys, on the same databases."""

    def keys(text: str) -> None:
        monkeypatch.setenv("GUIDE_KEYS", text)
        monkeypatch.setenv("GUIDE_VAR", str(tmp_path))
        settings.cache_clear()

    for name in ("RECORDS_URL", "CONVERSATIONS_URL", "CHANNELS_REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    keys("")
    yield keys
    monkeypatch.undo()
    settings.cache_clear()


def records() -> SqlRecordStore:
    return SqlRecordStore(settings().records_url)


def on_disk() -> bytes:
    return b"".join(path.read_bytes() for path in settings().var.rglob("*") if path.is_file())


def saved(store: SqlRecordStore) -> tuple[Any, Any]:
    return store.of(PERSON), store.kept(PERSON)


def say(text: str, consent: str = "given") -> None:
    """One message of the person, saved."""
    store = ConversationStore(DOMAIN)

    async def save() -> None:
        tracker = await store.get_or_create_tracker(PERSON, append_action_listen=False)
        tracker.update(SlotSet("consent", consent))
        tracker.update(UserUttered(text, {"name": "state_illness", "confidence": 1.0}))
        await store.save(tracker)

    asyncio.run(save())


def heard() -> list[str]:
    """What the person said, as it is read back."""
    tracker: DialogueStateTracker | None = asyncio.run(ConversationStore(DOMAIN).retrieve(PERSON))
    return [event.text for event in tracker.events if isinstance(event, UserUttered)] if tracker else []


def test_nothing_a_person_told_can_be_read_on_the_disk(use: Use) -> None:
    use(ONE)
    store = records()
    store.add(PERSON, TALK, KEPT)
    store.add_link(PERSON, "hash", WORD, AT, AT + timedelta(days=1))
    say(WORD)
    told = on_disk()
    for word in (
        WORD,
        PERSON,
        "hotline",
        "agreed",
        "A1024",
        "illness",
        "huabei",
        "412345",
        "876543",
        "777123",
        "50000",
    ):
        assert word.encode() not in told, word
    assert saved(store) == ([store.of(PERSON)[0]], KEPT)
    assert store.of(PERSON)[0].talk == TALK
    assert store.linked("hash", AT) == WORD
    assert heard() == [WORD]


def test_without_a_key_everything_is_kept_as_it_is(use: Use) -> None:
    records().add(PERSON, TALK, KEPT)
    assert saved(records())[1] == KEPT
    assert WORD.encode() in on_disk()


def test_a_key_may_come_later_and_another_after_it(use: Use) -> None:
    records().add(PERSON, TALK, KEPT)
    say(WORD)
    before = saved(records())
    for ring, gone in ((ONE, WORD.encode()), (f"{TWO},{ONE}", b"sealed:k1")):
        use(ring)
        assert saved(records()) == before, "found under the older name"
        assert records().reseal() > 10
        ConversationStore(DOMAIN).reseal()
        assert gone not in on_disk()
    use(TWO)
    assert saved(records()) == before
    assert heard() == [WORD]
    assert records().reseal() == 0
    assert ConversationStore(DOMAIN).reseal() == 0


def test_a_conversation_goes_on_under_a_new_key_without_waiting_for_the_rotation(use: Use) -> None:
    use(ONE)
    say("第一句")
    use(f"{TWO},{ONE}")
    say("第二句")
    assert heard() == ["第一句", "第二句"]


def test_a_value_moved_to_another_person_does_not_open(use: Use) -> None:
    use(ONE)
    store = records()
    store.add(PERSON, TALK, KEPT)
    store.add("somebody else", TALK, KEPT)
    with sqlite3.connect(settings().var / "records.db") as database:
        database.execute("UPDATE contacts SET said = (SELECT said FROM contacts WHERE id = 1) WHERE id = 2")
    assert store.of(PERSON)
    with pytest.raises(RecordError):
        store.of("somebody else")


def test_a_lost_key_is_an_error_and_no_nonsense(use: Use) -> None:
    use(ONE)
    records().add(PERSON, TALK, KEPT)
    use(TWO)
    assert records().of(PERSON) == []  # another name; nothing is shown that is not theirs
    with pytest.raises(RecordError):
        records().reseal()


def test_forgetting_works_under_every_name(use: Use) -> None:
    records().add(PERSON, TALK, KEPT)
    say(WORD)
    use(ONE)
    assert records().forget(PERSON) == 1
    assert ConversationStore(DOMAIN).erase(PERSON) == 2
    assert WORD.encode() not in on_disk()
    assert PERSON.encode() not in on_disk()


def test_what_is_old_is_deleted_and_what_is_not_stays(use: Use) -> None:
    store = records()
    store.add(PERSON, TALK, KEPT)
    say(WORD)
    assert store.expire(AT - timedelta(days=3650)) == 0
    assert ConversationStore(DOMAIN).expire(1) == 0
    assert store.expire(datetime.now(CHINA) + timedelta(days=1)) == 1
    assert ConversationStore(DOMAIN).expire(-1) == 2
    assert WORD.encode() not in on_disk()


def test_what_is_due_is_known_with_its_person_whatever_the_keys_are(use: Use) -> None:
    agreed = replace(TALK, first_due=date(2026, 12, 9))
    records().add("from before", agreed)
    use(ONE)
    records().add(PERSON, agreed)
    use(f"{TWO},{ONE}")
    waiting = records().waiting(date(2027, 6, 1))
    assert {one.person for one in waiting} == {"from before", PERSON}
    assert [records().tell(one, date(2026, 12, 9)) for one in waiting] == [True] * len(waiting)
    assert not records().tell(waiting[0], date(2026, 12, 9))  # somebody else was quicker
