"""Reminders inside the chat: the right words at the right hour, once, and never into a crisis or a form."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet, UserUttered

from bot.channels.socket import WebChat
from bot.clock import CHINA
from bot.nlg import Replies
from bot.records.sql import SqlRecordStore
from bot.records.store import Talk
from bot.reminders import Reminders
from bot.settings import ROOT

NOON = datetime(2026, 12, 6, 12, tzinfo=CHINA)
TALKED = datetime(2026, 11, 23, 10, tzinfo=CHINA)
AGREED = Talk(TALKED, "hotline_95188", "agreed", "instalments", 50_000, 3, first_due=date(2026, 12, 9))
WAITS = Talk(TALKED, "hotline_95188", "pending", ticket="T1", call_back=date(2026, 12, 6))


class Messenger(InputChannel):
    """A channel that can speak by itself, or fails to."""

    def __init__(self, fails: bool = False) -> None:
        self.fails = fails
        self.out = CollectingOutputChannel()

    @classmethod
    def name(cls) -> str:
        return "messenger"

    def get_output_channel(self) -> Any:
        return _Broken() if self.fails else self.out


class _Broken(CollectingOutputChannel):
    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        raise OSError("no line")


class Locks:
    """One process has nobody to wait for."""

    @asynccontextmanager
    async def lock(self, _person: str) -> Any:
        yield


class Mind:
    """What of an agent the reminders use, with Rasa's own tracker store and our own replies."""

    def __init__(self) -> None:
        domain = Domain.load([str(ROOT / "domain.yml"), str(ROOT / "data" / "responses" / "follow_up.yml")])
        self.tracker_store = InMemoryTrackerStore(domain)
        self.lock_store = Locks()
        self.processor = self
        self.nlg = Replies(domain=domain)

    async def meet(self, person: str, *events: Event, channel: str = "messenger", ago: timedelta | None = None) -> None:
        """Let ``person`` have written ``ago`` before noon, after which ``events`` took place."""
        tracker = await self.tracker_store.get_or_create_tracker(person)
        moment = (NOON - (ago or timedelta(days=1))).timestamp()
        tracker.update(SlotSet("consent", "given"))
        tracker.update(ActionExecuted("action_listen"))
        tracker.update(UserUttered("你好", input_channel=channel, timestamp=moment))
        for event in events:
            tracker.update(event)
        await self.tracker_store.save(tracker)


@pytest.fixture
def mind() -> Mind:
    return Mind()


@pytest.fixture
def store(tmp_path: Path) -> SqlRecordStore:
    return SqlRecordStore(f"sqlite:///{tmp_path / 'records.db'}")


@pytest.fixture
def check(mind: Mind, store: SqlRecordStore) -> Callable[..., list[str]]:
    """Looks once at that moment and returns what was said."""

    def look(at: datetime = NOON, channel: InputChannel | None = None) -> list[str]:
        used = channel or Messenger()
        said = asyncio.run(Reminders(mind, [used], store, lambda: at).check())  # type: ignore[arg-type]
        told = [str(one["text"]) for one in used.out.messages] if isinstance(used, Messenger) else []
        assert said == len(told)
        return told

    return look


def test_three_days_before_an_instalment_its_day_and_amount_are_told(
    mind: Mind, store: SqlRecordStore, check: Callable[..., list[str]]
) -> None:
    store.add("one", AGREED)
    asyncio.run(mind.meet("one"))
    (told,) = check()
    assert "第1期快到了：2026年12月9日，500元" in told
    assert "还不上的话，现在就告诉我" in told


def test_nothing_is_told_twice_but_the_next_moment_is(
    mind: Mind, store: SqlRecordStore, check: Callable[..., list[str]]
) -> None:
    store.add("one", AGREED)
    asyncio.run(mind.meet("one"))
    assert len(check()) == 1
    assert check() == check(NOON + timedelta(days=1)) == []
    assert len(check(NOON + timedelta(days=2))) == 1
    (late,) = check(NOON + timedelta(days=4))
    assert "日子已经过了" in late


def test_what_was_told_is_remembered_after_a_restart(mind: Mind, store: SqlRecordStore, tmp_path: Path) -> None:
    store.add("one", AGREED)
    asyncio.run(mind.meet("one"))
    for said in (1, 0):
        again = SqlRecordStore(f"sqlite:///{tmp_path / 'records.db'}")
        looked = Reminders(mind, [Messenger()], again, lambda: NOON)  # type: ignore[arg-type]
        assert asyncio.run(looked.check()) == said


@pytest.mark.parametrize("wish", ["refused", "asked", None])
def test_nobody_is_reminded_who_has_not_agreed_to_be_kept(
    wish: str | None, mind: Mind, store: SqlRecordStore, check: Callable[..., list[str]]
) -> None:
    store.add("one", AGREED)
    asyncio.run(mind.meet("one", SlotSet("consent", wish)))
    assert check() == []


def test_after_some_days_without_the_bot_old_moments_are_not_told(
    mind: Mind, store: SqlRecordStore, check: Callable[..., list[str]]
) -> None:
    store.add("one", AGREED)
    asyncio.run(mind.meet("one"))
    assert check(NOON + timedelta(days=30)) == []


@pytest.mark.parametrize("hour", [0, 8, 21, 23])
def test_nobody_is_spoken_to_at_night(
    hour: int, mind: Mind, store: SqlRecordStore, check: Callable[..., list[str]]
) -> None:
    store.add("one", AGREED)
    asyncio.run(mind.meet("one"))
    assert check(NOON.replace(hour=hour)) == []


def test_a_promised_answer_is_asked_about_on_its_day_and_after_it(
    mind: Mind, store: SqlRecordStore, check: Callable[..., list[str]]
) -> None:
    store.add("one", WAITS)
    asyncio.run(mind.meet("one"))
    assert "最晚2026年12月6日答复" in check()[0]
    assert "今天就主动打电话问，报T1" in check(NOON + timedelta(days=1))[0]


def test_what_was_paid_settled_talked_about_or_deleted_is_not_told(
    mind: Mind, store: SqlRecordStore, check: Callable[..., list[str]]
) -> None:
    for person in ("paid", "talked", "anew", "deleted"):
        store.add(person, WAITS if person == "talked" else AGREED)
        asyncio.run(mind.meet(person))
    store.add_payment("paid", 1, date(2026, 12, 1))
    store.add("talked", Talk(TALKED, "hotline_95188", "refused"))
    store.add("anew", Talk(TALKED, "hotline_95188", "agreed", "instalments", 40_000, 3, first_due=date(2027, 1, 9)))
    store.forget("deleted")
    assert check() == []


def test_a_crisis_is_not_interrupted_and_the_reminder_waits(
    mind: Mind, store: SqlRecordStore, check: Callable[..., list[str]]
) -> None:
    store.add("one", AGREED)
    asyncio.run(mind.meet("one", SlotSet("care", True)))
    assert check() == []
    asyncio.run(mind.meet("one", SlotSet("care", None)))
    assert len(check()) == 1


def test_somebody_who_is_answering_a_form_is_left_alone_and_told_later(
    mind: Mind, store: SqlRecordStore, check: Callable[..., list[str]]
) -> None:
    store.add("one", AGREED)
    form = (ActiveLoop("budget_form"), SlotSet("requested_slot", "budget_income_fen"))
    asyncio.run(mind.meet("one", *form, ago=timedelta(minutes=2)))
    assert check() == []
    (told,) = check(NOON + timedelta(minutes=15))
    assert "刚才问您的还在" in told


def test_the_open_question_and_the_offer_stay_as_they_were(
    mind: Mind, store: SqlRecordStore, check: Callable[..., list[str]]
) -> None:
    store.add("one", AGREED)
    given = (
        ActiveLoop("budget_form"),
        SlotSet("requested_slot", "budget_income_fen"),
        SlotSet("pending_offer", "go_on"),
    )
    asyncio.run(mind.meet("one", *given))
    check()
    tracker = asyncio.run(mind.tracker_store.retrieve("one"))
    assert tracker is not None
    assert (tracker.active_loop_name, tracker.get_slot("requested_slot")) == ("budget_form", "budget_income_fen")
    assert tracker.get_slot("pending_offer") == "go_on"
    assert tracker.latest_message is not None
    assert tracker.latest_message.text == "你好"
    assert list(tracker.events)[-1].type_name == "bot"


def test_what_could_not_be_delivered_is_tried_again(
    mind: Mind, store: SqlRecordStore, check: Callable[..., list[str]], caplog: pytest.LogCaptureFixture
) -> None:
    store.add("one", AGREED)
    asyncio.run(mind.meet("one"))
    assert check(channel=Messenger(fails=True)) == []
    assert "OSError" in caplog.text
    assert "500" not in caplog.text
    assert len(check()) == 1


def test_only_one_of_several_processes_tells_it(mind: Mind, store: SqlRecordStore) -> None:
    store.add("one", AGREED)
    (waiting,) = [one for one in store.waiting(date(2026, 12, 9)) if one.reminder.instalment == 1]
    assert [store.tell(waiting, NOON.date()) for _ in range(3)] == [True, False, False]
    store.untell(waiting)
    assert store.tell(waiting, NOON.date())


def test_a_channel_that_cannot_speak_by_itself_and_a_page_that_is_closed_hear_nothing(
    mind: Mind, store: SqlRecordStore, check: Callable[..., list[str]]
) -> None:
    store.add("one", AGREED)
    asyncio.run(mind.meet("one", channel="rest"))
    assert check() == []
    page = WebChat()
    asyncio.run(mind.meet("one", channel="socketio"))
    assert check(channel=page) == []
    page.session_of["connection"] = "one"
    assert page.reaches("one")
    assert not page.reaches("two")


def test_the_answer_to_traditional_characters_is_traditional(
    mind: Mind, store: SqlRecordStore, check: Callable[..., list[str]]
) -> None:
    store.add("one", AGREED)
    asyncio.run(mind.meet("one", SlotSet("script", {"name": "traditional", "asked": True})))
    assert "還不上" in check()[0]
