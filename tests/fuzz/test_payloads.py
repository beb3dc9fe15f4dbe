"""Random bodies on every route, the messengers' and the socket's too: never a 5xx, never our insides, never a hang."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import aiohttp
import pytest
import socketio
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.guarding import guard
from bot.channels.page import Page
from bot.channels.papers import Papers
from bot.channels.rest import Rest
from bot.channels.session import ERRORS
from bot.channels.socket import WebChat
from bot.settings import read_settings
from tests.channels.echo_bot import serving
from tests.channels.messenger import KINDS
from tests.fuzz.examples import BODIES, FUZZ, JSON, messages

GIVEN = read_settings({})
MESSENGERS = ("wechat sealed", "wecom", "dingtalk", "feishu")
ROUTES = ("/", "/webhooks/rest/webhook", "/webhooks/rest/", "/papers/x/y", "/socket.io/", "/chat/app.js", "/nothing")
HOOKS = tuple(f"/webhooks/{name}/webhook" for name in ("wechat", "wecom", "dingtalk", "feishu"))
INSIDES = ("Traceback", ".py", "site-packages", "/home/", "Sanic")


class Server:
    """The guarded server with every channel, in an event loop of its own."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        channels = [
            Rest(GIVEN),
            WebChat(),
            Page(),
            Papers(),
            *(KINDS[kind][1]("http://127.0.0.1:1", None) for kind in MESSENGERS),
        ]
        self.around = serving(channels=channels, prepare=lambda app: guard(app, GIVEN))
        self.url, self.agent = self.loop.run_until_complete(self.around.__aenter__())
        self.http = self.loop.run_until_complete(self._client())

    async def _client(self) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(self.url, timeout=aiohttp.ClientTimeout(total=20))

    def ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
        """Status and body of the answer."""

        async def once() -> tuple[int, str]:
            async with self.http.request(method, path, data=body, headers=headers) as answer:
                return answer.status, (await answer.read()).decode("utf-8", "replace")

        return self.loop.run_until_complete(once())

    def close(self) -> None:
        self.loop.run_until_complete(self.http.close())
        self.loop.run_until_complete(self.around.__aexit__(None, None, None))


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


KINDS_OF_BODY = ("application/json", "text/xml", "multipart/form-data", "x", "application/json; charset=utf-9")
HEADERS = st.fixed_dictionaries(
    {},
    optional={
        "Content-Type": st.sampled_from(KINDS_OF_BODY),
        "Authorization": st.sampled_from(("Bearer", "Bearer x", "Basic ***")),
        "X-Forwarded-For": st.sampled_from(("1.1.1.1", "x", ", ,", "9" * 500)),
        "timestamp": st.sampled_from(("1", "x", "9" * 30)),
        "sign": st.sampled_from(("x", "")),
        "Cookie": st.sampled_from(("a=b", ";;;", "=")),
    },
)
QUERY = st.sampled_from(
    (
        "",
        "?signature=x&timestamp=1&nonce=2",
        "?msg_signature=&timestamp=x",
        "?stream=true",
        "?v=%00%ff",
        "?&&=",
        "?EIO=4",
    )
)


@FUZZ
@given(
    st.sampled_from(("POST", "POST", "POST", "GET", "PUT", "DELETE", "HEAD")),
    st.sampled_from(ROUTES + HOOKS),
    QUERY,
    BODIES,
    HEADERS,
)
def test_no_body_breaks_a_route(
    server: Server, method: str, path: str, query: str, body: bytes, headers: dict[str, str]
) -> None:
    status, told = server.ask(method, path + query, body, headers)
    assert status < 500, (status, told[:200])
    if status >= 400:
        assert not any(word in told for word in INSIDES), told[:300]


@FUZZ
@given(messages(), JSON)
def test_a_program_s_message_is_answered_or_refused_with_a_word(server: Server, text: str, metadata: Any) -> None:
    from tests.fuzz.examples import written

    body = written({"sender": "fuzz", "message": text, "metadata": metadata})
    status, told = server.ask("POST", "/webhooks/rest/webhook", body, {})
    assert status == 200, (status, told)
    assert told != "[]" or not text.strip()


@FUZZ
@given(
    st.lists(st.tuples(st.sampled_from(("session_request", "user_uttered", "other")), JSON), max_size=5),
    st.lists(messages(), max_size=3),
)
def test_the_socket_answers_whatever_comes(server: Server, events: list[tuple[str, Any]], texts: list[str]) -> None:
    server.loop.run_until_complete(_over_socket(server.url, events, texts))


async def _over_socket(url: str, events: list[tuple[str, Any]], texts: list[str]) -> None:
    client, errors, done = socketio.AsyncClient(reconnection=False), [], asyncio.Queue[Any]()
    client.on("channel_error", lambda data: (errors.append(data["code"]), done.put_nowait(data)))
    client.on("turn_done", done.put_nowait)
    client.on("session_confirm", done.put_nowait)
    await client.connect(url, transports=["polling"])
    try:
        for name, data in events:
            await client.emit(name, data)
        await client.emit("session_request", {"session_id": "fuzzSession0123456789abcd"})
        while not isinstance(await asyncio.wait_for(done.get(), 20), str):
            pass
        for number, text in enumerate(texts):
            wanted = f"m{number}"
            await client.emit("user_uttered", {"id": wanted + str(id(texts)), "message": text})
            await asyncio.wait_for(done.get(), 20)
        assert set(errors) <= set(ERRORS)
    finally:
        await client.disconnect()
