"""The socket channel on a real server, with a real socket.io client."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import jwt
import pytest
import socketio

from bot.channels.session import ERRORS, clean, is_strong
from bot.channels.socket import WebChat
from bot.errors import ChannelError
from bot.knowledge.lines import line
from bot.records.conversations import ConversationStore
from bot.settings import settings
from tests.channels.echo_bot import EchoAgent, domain, serving

SESSION = "Zq3-vB7_kLm9PxW2tR5yAc"  # 22 characters, the shortest there may be


@pytest.fixture(autouse=True)
def _websocket_client(monkeypatch: pytest.MonkeyPatch) -> None:
    """engineio 4.15's client wants a class that aiohttp 3.9 (Rasa's pin) lacks; the server does without."""
    if not hasattr(aiohttp, "ClientWSTimeout"):
        monkeypatch.setattr(aiohttp, "ClientWSTimeout", lambda ws_close: ws_close, raising=False)


class Phone:
    """A client that writes down what it is told."""

    def __init__(self, client: Any) -> None:
        self.client = client
        self.got: list[tuple[str, Any]] = []
        client.on("*", self._note)

    async def _note(self, event: str, data: Any = None) -> None:
        self.got.append((event, data))

    def all(self, event: str) -> list[Any]:
        return [data for name, data in self.got if name == event]

    def texts(self) -> list[str]:
        return [data.get("text") for data in self.all("bot_uttered")]

    def codes(self) -> list[str]:
        return [data["code"] for data in self.all("channel_error")]

    async def send(self, message: Any, **more: Any) -> None:
        await self.client.emit("user_uttered", {"message": message, **more})

    async def open(self, session: Any = SESSION, **more: Any) -> None:
        before = len(self.all("session_confirm"))
        await self.client.emit("session_request", {"session_id": session, **more})
        await until(lambda: len(self.all("session_confirm")) > before)

    async def settle(self) -> None:
        """Wait until the server has dealt with all that was sent before."""
        mark = (
            "channel_error",
            {"code": "bad_payload"},
        )  # the answer to the last thing sent, and only to that
        assert mark not in self.got
        await self.client.emit("session_request", "not an object")
        await until(lambda: mark in self.got)
        self.got.remove(mark)


async def until(true: Callable[[], bool], seconds: float = 8.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        await asyncio.sleep(0.01)


@asynccontextmanager
async def phone(url: str, transports: tuple[str, ...] = ("websocket",), **options: Any) -> AsyncIterator[Phone]:
    client = socketio.AsyncClient(reconnection=False)
    made = Phone(client)
    await client.connect(url, socketio_path="/socket.io", transports=list(transports), **options)
    try:
        yield made
    finally:
        await client.disconnect()


@pytest.fixture
async def server() -> AsyncIterator[tuple[str, EchoAgent]]:
    async with serving() as (url, agent):
        yield url, agent


async def test_a_page_that_comes_back_is_told_which_turns_are_over(server: tuple[str, EchoAgent]) -> None:
    url, agent = server
    async with phone(url) as one, phone(url) as two:
        await one.open()
        await one.send("hello", id="m1")
        await until(lambda: bool(one.all("turn_done")))
        await one.send("wait 0.3", id="m2")
        await until(lambda: len(agent.heard) == 2)
        await two.open(waiting=["m1", "m2", "before-a-restart", "not an id!", 5])
        await until(lambda: len(two.all("turn_done")) == 3)
    assert two.all("turn_done") == [{"id": "m1"}, {"id": "before-a-restart"}, {"id": "m2"}]
    assert two.texts() == ["echo: hello", "echo: wait 0.3"]
    assert len(agent.heard) == 2


@pytest.mark.parametrize("waiting", ["m1", {"m1": 1}, [["m1"]], list("abc") * 100])
async def test_what_else_a_page_waits_for_does_no_harm(server: tuple[str, EchoAgent], waiting: Any) -> None:
    url, _ = server
    async with phone(url) as one:
        await one.open(waiting=waiting)
        await one.settle()
        assert len(one.all("turn_done")) <= 50


@pytest.mark.parametrize("transports", [("websocket",), ("polling",), ("polling", "websocket")])
async def test_a_conversation(server: tuple[str, EchoAgent], transports: tuple[str, ...]) -> None:
    url, agent = server
    async with phone(url, transports) as one:
        await one.open()
        assert one.all("session_confirm") == [SESSION]
        await one.send("hello", id="m1", metadata={"entry": "typed"})
        await until(lambda: bool(one.all("turn_done")))
    assert one.texts() == ["echo: hello"]
    assert one.all("user_accepted") == [{"id": "m1"}]
    assert one.all("turn_done") == [{"id": "m1"}]
    assert agent.heard == [{"text": "hello", "sender": SESSION, "metadata": {"entry": "typed"}}]


async def test_buttons_come_with_the_last_part(server: tuple[str, EchoAgent]) -> None:
    async with phone(server[0]) as one:
        await one.open()
        await one.send("/greet")
        await until(lambda: bool(one.all("turn_done")))
    said = one.all("bot_uttered")
    assert len(said) == 3
    assert [len(message["quick_replies"]) for message in said] == [0, 0, 4]
    assert set(said[-1]["quick_replies"][0]) == {"content_type", "title", "payload"}
    assert len({message["id"] for message in said}) == 3
    assert "\n" in said[1]["text"]


async def test_custom_json_is_data_and_not_arguments(server: tuple[str, EchoAgent]) -> None:
    """Stock Rasa would have sent this one into the room it names."""
    async with phone(server[0]) as one:
        await one.open()
        await one.send("custom")
        await until(lambda: bool(one.all("turn_done")))
        assert one.all("bot_uttered")[0]["custom"] == {"kind": "card", "room": "elsewhere"}


async def test_a_card_comes_in_one_frame_with_all_of_its_text(server: tuple[str, EchoAgent]) -> None:
    """The page leaves out what the card shows; of a paragraph that came alone it could not."""
    async with phone(server[0]) as one:
        await one.open()
        await one.send("card")
        await until(lambda: bool(one.all("turn_done")))
    (last,) = one.all("bot_uttered")
    assert last["text"] == "first\nlast"
    assert [button["payload"] for button in last["quick_replies"]] == ["1"]
    assert last["custom"] == {"type": "plan"}


@pytest.fixture
async def keeping(
    server: tuple[str, EchoAgent], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[str, EchoAgent]]:
    """The server with a store of conversations on disk."""
    monkeypatch.setenv("GUIDE_VAR", str(tmp_path))
    settings.cache_clear()
    server[1].tracker_store = ConversationStore(domain())
    yield server
    settings.cache_clear()


def income(progress: dict[str, Any]) -> list[str]:
    """What a card of progress says about the budget."""
    return [answer["value"] for stage in progress["stages"] if stage["id"] == "budget" for answer in stage["answers"]]


async def test_the_last_frame_of_a_turn_says_how_far_the_journey_is_after_it(keeping: tuple[str, EchoAgent]) -> None:
    async with phone(keeping[0]) as one:
        await one.open()
        await one.send("earns 5000 card")
        await until(lambda: len(one.all("turn_done")) == 1)
        await one.send("earns 6000")
        await until(lambda: len(one.all("turn_done")) == 2)
    assert [income(frame["progress"]) for frame in one.all("bot_uttered")] == [["5,000元"], ["6,000元"]]
    assert [name for name, _ in one.got if name in ("bot_uttered", "turn_done")] == ["bot_uttered", "turn_done"] * 2


async def test_only_the_last_frame_of_a_turn_carries_the_progress(keeping: tuple[str, EchoAgent]) -> None:
    async with phone(keeping[0]) as one:
        await one.open()
        await one.send("earns 5000 silent")
        await until(lambda: bool(one.all("turn_done")))
        await one.send("/greet")
        await until(lambda: len(one.all("turn_done")) == 2)
    assert ["progress" in frame for frame in one.all("bot_uttered")] == [False, False, True]


async def test_a_silent_turn_tells_the_progress_alone(keeping: tuple[str, EchoAgent]) -> None:
    async with phone(keeping[0]) as one:
        await one.open()
        await one.send("earns 5000 silent")
        await until(lambda: bool(one.all("turn_done")))
    assert one.all("bot_uttered") == []
    assert [income(progress) for progress in one.all("progress")] == [[], ["5,000元"]]


async def test_who_comes_back_gets_the_newest_progress(keeping: tuple[str, EchoAgent]) -> None:
    url, agent = keeping
    async with phone(url) as one:
        await one.open()
        await one.send("earns 5000")
        await until(lambda: bool(one.all("turn_done")))
    async with phone(url) as two:
        await two.open()
        await until(lambda: bool(two.all("progress")))
        assert income(two.all("bot_uttered")[-1]["progress"]) == income(two.all("progress")[-1]) == ["5,000元"]
    async with phone(url) as stranger:
        await stranger.open(secrets.token_urlsafe(24))
        await until(lambda: bool(stranger.all("progress")))
        assert income(stranger.all("progress")[-1]) == []
        assert [stage["state"] for stage in stranger.all("progress")[-1]["stages"]][:2] == ["now", "ahead"]
    async with serving() as (later, restarted):
        restarted.tracker_store = agent.tracker_store
        async with phone(later) as three:
            await three.open()
            await until(lambda: bool(three.all("progress")))
        assert income(three.all("progress")[-1]) == ["5,000元"]
        assert three.all("bot_uttered") == []


async def test_a_message_before_the_session_is_refused(server: tuple[str, EchoAgent]) -> None:
    url, agent = server
    async with phone(url) as one:
        await one.send("hello", id="m1", session_id=SESSION)
        await one.settle()
    assert one.all("channel_error") == [{"code": "no_session", "id": "m1"}]
    assert agent.heard == []


@pytest.mark.parametrize(
    "session",
    [
        "",
        "short",
        "a" * 40,
        "abababababababababababab",
        SESSION[:21],
        SESSION + "!",
        SESSION + "\n",
        SESSION + " ",
        "x" + SESSION * 6,
        12345678901234567890123,
        ["Zq3-vB7_kLm9PxW2tR5yAc"],
        {"a": 1},
        True,
    ],
)
async def test_a_weak_session_is_refused(server: tuple[str, EchoAgent], session: Any) -> None:
    url, agent = server
    async with phone(url) as one:
        await one.client.emit("session_request", {"session_id": session})
        await one.send("hello")
        await one.settle()
    assert one.codes() == ["weak_session", "no_session"]
    assert not one.all("session_confirm")
    assert agent.heard == []


async def test_another_persons_session_cannot_be_written_to(server: tuple[str, EchoAgent]) -> None:
    url, agent = server
    other = secrets.token_urlsafe(24)
    async with phone(url) as one, phone(url) as two:
        await one.open(other)
        await two.open()
        await two.send("let me in", session_id=other, id="m1")
        await two.settle()
        assert two.all("channel_error") == [{"code": "wrong_session", "id": "m1"}]
        assert agent.heard == []
        # A connection id is a room too, but it is too short to be a session.
        await two.client.emit("session_request", {"session_id": one.client.get_sid()})
        await two.settle()
        assert two.codes()[-1] == "weak_session"
        await one.send("private")
        await until(lambda: bool(one.all("turn_done")))
        await two.settle()
        assert two.texts() == []


async def test_the_server_makes_a_session_if_there_is_none(server: tuple[str, EchoAgent]) -> None:
    async with phone(server[0]) as one:
        await one.open(None)
        await one.client.emit("session_request")
        await until(lambda: len(one.all("session_confirm")) == 2)
    first, second = one.all("session_confirm")
    assert is_strong(first)
    assert is_strong(second)
    assert first != second


async def test_a_connection_has_one_session_at_a_time(server: tuple[str, EchoAgent]) -> None:
    url, agent = server
    later = secrets.token_urlsafe(24)
    async with phone(url) as one, phone(url) as two:
        await one.open()
        await one.open(later)
        await two.open()
        await two.send("to the old one")
        await until(lambda: bool(two.all("turn_done")))
        await one.settle()
        assert one.texts() == []
        await one.send("to the new one")
        await until(lambda: bool(one.all("turn_done")))
    assert [heard["sender"] for heard in agent.heard] == [SESSION, later]


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("", "empty_message"),
        ("   \n\t ", "empty_message"),
        ("\u200b\u200d", "empty_message"),
        pytest.param("\x00\x07", "empty_message", id="controls"),
        ("\u3000", "empty_message"),
        (None, "bad_message"),
        (5, "bad_message"),
        (["a"], "bad_message"),
        ({"text": "a"}, "bad_message"),
        pytest.param(b"bytes", "bad_message", id="bytes"),
    ],
)
async def test_a_message_without_words_is_refused(server: tuple[str, EchoAgent], message: Any, code: str) -> None:
    url, agent = server
    async with phone(url) as one:
        await one.open()
        await one.send(message, id="m1")
        await until(lambda: bool(one.codes()))
        assert one.all("channel_error") == [{"code": code, "id": "m1"}]
        assert agent.heard == []
        await one.send("still here")
        await until(lambda: bool(one.texts()))


@pytest.mark.parametrize("payload", ["text", 5, ["a", "b"], True, None, pytest.param(b"\x00\x01", id="bytes")])
async def test_a_payload_of_the_wrong_type_is_refused(server: tuple[str, EchoAgent], payload: Any) -> None:
    url, agent = server
    async with phone(url) as one:
        await one.open()
        await one.client.emit("user_uttered", payload)
        await until(lambda: bool(one.codes()))
        await one.client.emit("user_uttered", ({"message": "two"}, "arguments"))
        await until(lambda: bool(one.texts()))
    assert one.codes() == ["bad_payload"]
    assert [heard["text"] for heard in agent.heard] == ["two"]


async def test_long_messages(server: tuple[str, EchoAgent]) -> None:
    url, agent = server
    async with phone(url) as one:
        await one.open()
        await one.send("\u8fd8" * 15_000)
        await one.send("\u8fd8" * 20_000)
        await one.settle()
        assert one.codes() == []
        await one.send("\u8fd8" * 25_000, id="m3")
        await until(lambda: len(one.all("turn_done")) == 3)
    assert [len(heard["text"]) for heard in agent.heard] == [15_000, 20_000, 20_000]
    assert one.all("channel_error") == [{"code": "message_cut", "id": "m3"}]


async def test_a_huge_packet_closes_the_connection_and_harms_nobody_else(
    server: tuple[str, EchoAgent],
) -> None:
    url, agent = server
    async with phone(url) as one, phone(url) as two:
        await one.open()
        await two.open(secrets.token_urlsafe(24))
        await one.send("x" * 400_000)
        await until(lambda: not one.client.connected)
        await two.send("fine")
        await until(lambda: two.texts() == ["echo: fine"])
    assert [heard["text"] for heard in agent.heard] == ["fine"]


@pytest.mark.parametrize(
    ("metadata", "taken"),
    [
        ({"a": 1}, {"a": 1}),
        ('{"a": 1}', {"a": 1}),
        ("not json", {}),
        (5, {}),
        (None, {}),
        ([1], {}),
        ({"a": "x" * 5_000}, {}),
    ],
)
async def test_metadata(server: tuple[str, EchoAgent], metadata: Any, taken: dict[str, Any]) -> None:
    url, agent = server
    async with phone(url) as one:
        await one.open()
        await one.send("hello", metadata=metadata)
        await until(lambda: bool(one.texts()))
    assert agent.heard[0]["metadata"] == taken


async def test_messages_of_one_session_come_in_order_and_one_at_a_time(
    server: tuple[str, EchoAgent],
) -> None:
    url, agent = server
    said = ["wait 0.2", *[f"word {number}" for number in range(12)]]
    async with phone(url) as one, phone(url) as two:
        await one.open()
        await two.open(secrets.token_urlsafe(24))
        for number, text in enumerate(said):
            await one.send(text, id=f"m{number}")
        await two.send("not held up")
        await until(lambda: two.texts() == ["echo: not held up"])
        assert not one.all("user_accepted"), "accepted is said when the turn is stored, not before"
        await until(lambda: len(one.all("turn_done")) == 13)
    assert one.texts() == [f"echo: {text}" for text in said]
    assert [accepted["id"] for accepted in one.all("user_accepted")] == [f"m{number}" for number in range(13)]
    assert not agent.overlapped
    assert [heard["text"] for heard in agent.heard if heard["sender"] == SESSION] == said


async def test_a_message_sent_twice_is_handled_once(server: tuple[str, EchoAgent]) -> None:
    url, agent = server
    async with phone(url) as one:
        await one.open()
        await one.send("once", id="m1")
        await one.send("once", id="m1")
        await until(lambda: bool(one.all("turn_done")))
    async with phone(url) as two:
        await two.open()
        await two.send("once", id="m1")
        await until(lambda: two.all("turn_done") == [{"id": "m1"}])
        assert two.all("user_accepted") == [{"id": "m1"}]
        await two.send("once", id="m2")
        await until(lambda: {"id": "m2"} in two.all("turn_done"))
        await two.send("no id")
        await two.send("no id", id="not a good id!")
        await until(lambda: len(two.all("turn_done")) == 4)
    assert [heard["text"] for heard in agent.heard] == ["once", "once", "no id", "no id"]


async def test_a_message_that_failed_may_come_again_and_nothing_of_it_is_said(server: tuple[str, EchoAgent]) -> None:
    url, agent = server
    async with phone(url) as one:
        await one.open()
        await one.send("half fail", id="m1")
        await until(lambda: one.codes() == ["failed"])
        assert not one.all("user_accepted")
        assert one.texts() == []
        await one.send("better", id="m1")
        await until(lambda: one.all("user_accepted") == [{"id": "m1"}])
    assert one.texts() == ["echo: better"]
    assert [heard["text"] for heard in agent.heard] == ["half fail", "better"]


async def test_the_same_answer_has_the_same_ids(server: tuple[str, EchoAgent]) -> None:
    """A page that gets an answer twice, from two processes, shows it once."""
    url, _ = server
    async with phone(url) as one:
        await one.open()
        await one.send("/greet", id="m1")
        await until(lambda: len(one.all("bot_uttered")) == 3)
    async with serving() as (other, _), phone(other) as two:
        await two.open()
        await two.send("/greet", id="m1")
        await until(lambda: len(two.all("bot_uttered")) == 3)
        await two.send("/greet", id="m2")
        await until(lambda: len(two.all("bot_uttered")) == 6)
    ids = [[frame["id"] for frame in page.all("bot_uttered")] for page in (one, two)]
    assert ids[0] == ids[1][:3]
    assert len(set(ids[1])) == 6


async def test_what_was_said_meanwhile_is_sent_to_a_page_that_comes_back(
    server: tuple[str, EchoAgent],
) -> None:
    url, _ = server
    async with phone(url) as one:
        await one.open()
        await one.send("first")
        await until(lambda: bool(one.all("turn_done")))
        last = one.all("bot_uttered")[-1]["id"]
        await one.send("wait 0.3 away")
        await one.settle()
    async with phone(url) as two:
        await two.open(last_id=last)
        await until(lambda: two.texts() == ["echo: wait 0.3 away"])
    async with phone(url) as three:
        await three.open(last_id="never heard of")
        await until(lambda: three.texts() == ["echo: first", "echo: wait 0.3 away"])
        await three.open(last_id=three.all("bot_uttered")[-1]["id"])
        await three.settle()
        assert len(three.texts()) == 2, "nothing missed, nothing sent again"
    async with phone(url) as stranger:
        await stranger.open(secrets.token_urlsafe(24))
        await stranger.settle()
        assert stranger.texts() == []


async def test_who_comes_back_and_writes_at_once_hears_the_answer_after_what_was_missed(
    server: tuple[str, EchoAgent],
) -> None:
    async with phone(server[0]) as one:
        await one.open()
        for number in range(20):
            await one.send(f"before {number}")
        await until(lambda: len(one.all("turn_done")) == 20)
    async with phone(server[0]) as two:
        two.client.on("session_confirm", lambda _: two.client.start_background_task(two.send, "fail", id="m1"))
        await two.client.emit("session_request", {"session_id": SESSION})
        await until(lambda: two.all("turn_done") == [{"id": "m1"}])
    assert len(two.texts()) == 20
    assert two.all("channel_error") == [{"code": "failed", "id": "m1", "text": line("channel.failed")}]


async def test_two_tabs_see_the_same(server: tuple[str, EchoAgent]) -> None:
    async with phone(server[0]) as one, phone(server[0]) as two:
        await one.open()
        await two.open()
        await one.send("hello")
        await until(lambda: bool(one.all("turn_done")) and bool(two.all("turn_done")))
        assert one.all("bot_uttered") == two.all("bot_uttered")


async def test_a_bot_that_breaks_down_says_so(server: tuple[str, EchoAgent]) -> None:
    async with phone(server[0]) as one:
        await one.open()
        await one.send("fail", id="m1")
        await one.send("after", id="m2")
        await until(lambda: len(one.all("turn_done")) == 2)
    assert one.all("channel_error") == [{"code": "failed", "id": "m1", "text": line("channel.failed")}]
    assert one.texts() == ["echo: after"]


async def test_control_characters_and_half_pairs_do_not_reach_the_bot(server: tuple[str, EchoAgent]) -> None:
    url, agent = server
    async with phone(url) as one:
        await one.open()
        await one.send("a\x00b\ud83dc\r\nd")
        await until(lambda: bool(one.texts()))
    assert agent.heard[0]["text"] == "ab\ufffdc\nd"


def test_clean_leaves_ordinary_text_alone() -> None:
    for text in ("\u6b20\u6b3e 3,000.50", "\U0001f62d\u200d\U0001f525", "a\n\tb", "\ufeff\u3000x"):
        assert clean(text) == text.strip()


async def test_too_many_waiting() -> None:
    async with serving(WebChat(most_waiting=3)) as (url, agent), phone(url) as one:
        await one.open()
        await one.send("wait 0.3", id="m0")
        for number in range(1, 6):
            await one.send("more", id=f"m{number}")
        await until(lambda: len(one.all("turn_done")) == 3)
        assert [error["id"] for error in one.all("channel_error")] == ["m3", "m4", "m5"]
        assert set(one.codes()) == {"too_many"}
        await one.send("more", id="m3")  # what was refused can be sent again
        await until(lambda: len(one.all("turn_done")) == 4)
        assert len(agent.heard) == 4


async def test_idle_sessions_are_forgotten() -> None:
    chat = WebChat(keep_seconds=0.2)
    async with serving(chat) as (url, _):
        async with phone(url) as one:
            await one.open()
            assert chat.conversations == {}, "opening alone costs nothing"
            await one.send("wait 0.5")
            await until(lambda: SESSION in chat.conversations)
            await asyncio.sleep(0.35)
            assert chat.conversations[SESSION].lock.locked(), "a session in use is kept"
            await until(lambda: bool(one.all("turn_done")))
            assert not chat.conversations[SESSION].lock.locked()
            await until(lambda: not chat.conversations)
            assert len(chat.session_of) == 1
        await until(lambda: not chat.session_of)


async def test_memory_is_bounded() -> None:
    chat = WebChat(keep_messages=5, most_waiting=1000)
    async with serving(chat) as (url, _), phone(url) as one:
        await one.open()
        for number in range(250):
            await one.send("hi", id=f"m{number}")
        await until(lambda: len(one.all("turn_done")) == 250)
        assert len(chat.conversations[SESSION].recent) == 5
        assert len(chat.conversations[SESSION].seen) <= 200


async def test_messages_out_of_turn() -> None:
    """Rasa's reminders come through get_output_channel."""
    chat = WebChat()
    assert chat.get_output_channel() is None
    async with serving(chat) as (url, _), phone(url) as one:
        await one.open()
        output = chat.get_output_channel()
        assert output is not None
        await output.send_response(SESSION, {"text": "by the way"})
        await until(lambda: one.texts() == ["by the way"])


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "https://evil.example"}, 400),
        ({"Origin": "null"}, 400),
        ({"Origin": "http://HOST"}, 200),
        ({"Origin": "https://HOST"}, 200),
        ({"Origin": "https://HOST.evil.example"}, 400),
        ({"Origin": "https://chat.example", "X-Forwarded-Host": "chat.example, inner"}, 200),
        ({"Origin": "https://listed.example"}, 200),
        ({"Origin": "http://listed.example"}, 400),
    ],
)
async def test_only_our_own_page_may_connect(headers: dict[str, str], status: int) -> None:
    async with serving(WebChat(cors_origins=["https://listed.example/"])) as (url, _):
        host = url.removeprefix("http://")
        headers = {name: value.replace("HOST", host) for name, value in headers.items()}
        async with (
            aiohttp.ClientSession() as http,
            http.get(f"{url}/socket.io/?EIO=4&transport=polling", headers=headers) as answer,
        ):
            assert answer.status == status
            allowed = answer.headers.get("Access-Control-Allow-Origin")
            assert allowed == (headers.get("Origin") if status == 200 else None)


async def test_a_foreign_page_gets_no_websocket(server: tuple[str, EchoAgent]) -> None:
    url = server[0].replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
    async with aiohttp.ClientSession() as http:
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await http.ws_connect(url, origin="https://evil.example")


async def test_a_token_if_one_is_asked_for() -> None:
    async with serving(WebChat(jwt_key="k" * 32)) as (url, _):
        good = jwt.encode({"user": 1}, "k" * 32, algorithm="HS256")
        for auth in (None, {}, {"token": 5}, {"token": ""}, {"token": "Bearer nonsense"}):
            with pytest.raises(socketio.exceptions.ConnectionError):
                async with phone(url, auth=auth):
                    pass
        async with phone(url, auth={"token": f"Bearer {good}"}) as one:
            await one.open()


async def test_another_namespace() -> None:
    async with serving(WebChat(namespace="/guide")) as (url, _):
        client = socketio.AsyncClient(reconnection=False)
        got: list[Any] = []
        client.on("bot_uttered", got.append, namespace="/guide")
        await client.connect(url, socketio_path="/socket.io", transports=["websocket"], namespaces=["/guide"])
        await client.emit("session_request", {"session_id": SESSION}, namespace="/guide")
        await client.emit("user_uttered", {"message": "hello"}, namespace="/guide")
        await until(lambda: bool(got))
        await client.disconnect()
    assert got[0]["text"] == "echo: hello"


async def test_health(server: tuple[str, EchoAgent]) -> None:
    async with aiohttp.ClientSession() as http, http.get(f"{server[0]}/webhooks/socketio/") as answer:
        assert await answer.json() == {"status": "ok"}


def test_credentials() -> None:
    assert WebChat.name() == "socketio"
    assert WebChat.from_credentials(None).session_persistence is True
    chat = WebChat.from_credentials({"session_persistence": True, "longest_message": 9, "cors_origins": None})
    assert chat.longest_message == 9
    with pytest.raises(ChannelError, match="no option longest"):
        WebChat.from_credentials({"longest": 9})
    with pytest.raises(ChannelError, match="session_persistence"):
        WebChat.from_credentials({"session_persistence": False})
    for origins in ("*", ["*"], ["example.org"], [None]):
        with pytest.raises(ChannelError, match="cors_origins"):
            WebChat.from_credentials({"cors_origins": origins})


def test_every_code_is_listed() -> None:
    assert len(set(ERRORS)) == len(ERRORS)
