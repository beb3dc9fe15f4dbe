"""What stands before every route, on a real server: pace, size, headers, and errors without insides."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import ClientTimeout as Timeout
from sanic.exceptions import ServiceUnavailable

from bot.channels import guarding
from bot.channels.guarding import Pace, guard, is_exposed
from bot.channels.page import HEADERS, Page
from bot.channels.rest import LONGEST_SENDER, Rest
from bot.channels.socket import WebChat
from bot.settings import read_settings
from tests.channels.echo_bot import serving
from tests.channels.messenger import messenger
from tests.channels.platforms import Post

MESSAGE = {"sender": "one", "message": "你好"}
WEBHOOK = "/webhooks/rest/webhook"


@asynccontextmanager
async def guarded(fails: Any = None, **variables: str) -> AsyncIterator[aiohttp.ClientSession]:
    """A guarded server with these settings, and a client of it."""
    given = read_settings(variables)
    guarding.pace.cache_clear()

    def put(app: Any) -> None:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(guarding, "settings", lambda: given)
            guard(app, given)
        if fails:
            app.add_route(fails, "/fails")

    async with (
        serving(
            channels=[Rest(given), WebChat(cors_origins=given.cors), Page()], prepare=put, cors=list(given.cors)
        ) as (url, _),
        aiohttp.ClientSession(url) as http,
    ):
        yield http
    guarding.pace.cache_clear()


@pytest.mark.parametrize("path", ["/", "/nothing", "/webhooks/rest/", "/socket.io", "/chat/app.js"])
async def test_every_answer_carries_the_headers_that_keep_it_to_itself(path: str) -> None:
    async with guarded() as http, http.get(path) as answer:
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
        assert "Server" not in answer.headers
        assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("path", ["/widget.js", "/socket.io/?EIO=4&transport=polling"])
async def test_another_site_that_is_named_is_named_once(path: str) -> None:
    """Twice, and a browser gives the answer to nobody: the widget on that site would stay silent without WebSocket."""
    site = "https://site.example"
    async with guarded(GUIDE_CORS="https://Site.example/") as http:
        async with http.get(path, headers={"Origin": site}) as answer:
            assert answer.status == 200
            assert answer.headers.getall("Access-Control-Allow-Origin") == [site]
        async with http.get(path, headers={"Origin": "https://other.example"}) as answer:
            assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize(
    "path", ["/status", "/version", "/domain", "/model", "/conversations/one/tracker", "/model/parse"]
)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
async def test_rasa_s_own_interface_is_not_there(path: str, method: str) -> None:
    async with guarded() as http, http.request(method, path, json={}) as answer:
        assert answer.status == 404


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/a/../../etc/passwd", None, 404),
        ("DELETE", "/", None, 405),
        ("POST", WEBHOOK, b"{", 400),
        ("POST", WEBHOOK, b"null", 400),
        ("POST", WEBHOOK, b"[" * 100_000, 400),
        ("POST", WEBHOOK, b'{"sender": "one"}', 400),
        ("POST", WEBHOOK, b'{"message": "x"}', 400),
        ("POST", WEBHOOK, b'{"sender": {"a": 1}, "message": "x"}', 400),
        ("POST", WEBHOOK, b'{"sender": "a\\nb", "message": "x"}', 400),
        ("POST", WEBHOOK, b"x" * 600_000, 413),
    ],
    ids=lambda value: str(value)[:30],
)
async def test_an_error_tells_nothing_of_the_insides(method: str, path: str, body: bytes | None, status: int) -> None:
    async with guarded() as http, http.request(method, path, data=body) as answer:
        told = await answer.text()
        assert answer.status == status
        assert not any(word in told for word in ("/home", "/tmp", ".py", "Traceback", "Sanic", "Rasa", "3.6", "File"))
        assert len(told) < 200


async def test_a_failing_bot_is_told_kindly_and_logged_without_words(caplog: pytest.LogCaptureFixture) -> None:
    async with guarded() as http, http.post(WEBHOOK, json={"sender": "one", "message": "fail"}) as answer:
        assert answer.status == 200
        assert (await answer.json())[0]["text"]
    assert "told to fail" not in caplog.text
    assert "RuntimeError" in caplog.text


async def test_a_person_who_is_too_fast_is_told_so_and_others_are_not() -> None:
    async with guarded(GUIDE_PROXIES="1", GUIDE_LIMIT_USER="3/minute", GUIDE_REST_TOKEN="t") as http:
        headers = {"Authorization": "Bearer t"}

        async def say(sender: str) -> tuple[int, dict[str, Any]]:
            async with http.post(WEBHOOK, json={**MESSAGE, "sender": sender}, headers=headers) as answer:
                return answer.status, await answer.json()

        assert [(await say("one"))[0] for _ in range(3)] == [200, 200, 200]
        status, told = await say("one")
        assert (status, told["error"]) == (429, "too_many")
        assert "请等" in told["text"]
        assert (await say("two"))[0] == 200


async def test_an_address_is_the_one_our_own_proxy_saw_and_not_what_the_client_claims() -> None:
    async with guarded(GUIDE_PROXIES="1", GUIDE_LIMIT_ADDRESS="2/minute") as http:

        async def ask(*forwarded: str) -> int:
            async with http.get("/webhooks/rest/", headers={"X-Forwarded-For": ", ".join(forwarded)}) as answer:
                return answer.status

        assert [await ask("9.9.9.9", "1.1.1.1"), await ask("8.8.8.8", "1.1.1.1")] == [200, 200]
        assert await ask("7.7.7.7", "1.1.1.1") == 429
        assert await ask("1.1.1.1", "2.2.2.2") == 200


async def test_without_a_proxy_a_claimed_address_counts_for_nothing() -> None:
    async with guarded(GUIDE_HOST="0.0.0.0", GUIDE_LIMIT_ADDRESS="2/minute") as http:
        statuses = []
        for number in range(3):
            async with http.get("/webhooks/rest/", headers={"X-Forwarded-For": f"9.9.9.{number}"}) as answer:
                statuses.append(answer.status)
        assert statuses == [200, 200, 429]


@pytest.mark.parametrize(
    ("variables", "header", "status"),
    [
        ({}, None, 200),
        ({"GUIDE_HOST": "0.0.0.0"}, None, 403),
        ({"GUIDE_PROXIES": "1"}, None, 403),
        ({"GUIDE_HOST": "0.0.0.0", "GUIDE_REST_TOKEN": "t"}, None, 401),
        ({"GUIDE_HOST": "0.0.0.0", "GUIDE_REST_TOKEN": "t"}, "Bearer x", 401),
        ({"GUIDE_HOST": "0.0.0.0", "GUIDE_REST_TOKEN": "t"}, "Bearer t", 200),
    ],
)
async def test_beyond_this_machine_the_rest_channel_wants_its_token(
    variables: dict[str, str], header: str | None, status: int
) -> None:
    headers = {"Authorization": header} if header else {}
    async with guarded(**variables) as http, http.post(WEBHOOK, json=MESSAGE, headers=headers) as answer:
        assert answer.status == status


async def test_other_sites_may_not_read_the_answers() -> None:
    async with guarded() as http, http.options(WEBHOOK, headers={"Origin": "https://elsewhere.example"}) as answer:
        assert "Access-Control-Allow-Origin" not in answer.headers


async def test_the_longest_sender_is_taken_and_a_longer_one_is_not() -> None:
    async with guarded() as http:
        for length, status in ((LONGEST_SENDER, 200), (LONGEST_SENDER + 1, 400)):
            async with http.post(WEBHOOK, json={**MESSAGE, "sender": "s" * length}) as answer:
                assert answer.status == status


@pytest.mark.parametrize(
    ("host", "exposed"), [("127.0.0.1", False), ("::1", False), ("localhost", False), ("0.0.0.0", True)]
)
def test_a_server_is_exposed_when_others_can_reach_it(host: str, exposed: bool) -> None:
    assert is_exposed(read_settings({"GUIDE_HOST": host})) is exposed


def test_people_are_answered_while_the_counting_is_away(caplog: pytest.LogCaptureFixture) -> None:
    given = read_settings({"GUIDE_HOST": "0.0.0.0", "CHANNELS_REDIS_URL": "redis://127.0.0.1:1/0"})
    assert Pace(given).allows_user("one")
    assert "the pace is not counted" in caplog.text


@pytest.mark.parametrize("kind", ["dingtalk", "feishu", "wecom", "wechat sealed"])
async def test_a_body_nested_too_deep_is_refused_by_every_messenger(kind: str) -> None:
    async with messenger(kind) as chat:
        status, told = await chat.deliver(Post(b"[" * 50_000, {}, {}))
        assert (status in (400, 403), told) == (True, "")


async def test_a_client_that_goes_away_is_no_error(caplog: pytest.LogCaptureFixture) -> None:
    async with guarded() as http:
        with pytest.raises(asyncio.TimeoutError):
            await http.post(WEBHOOK, json={"sender": "one", "message": "wait 30"}, timeout=Timeout(total=0.3))
        opened = await http.ws_connect("/socket.io/?EIO=4&transport=websocket")
        await opened.receive()
        opened._response.connection.transport.abort()
        async with http.get("/webhooks/rest/") as answer:
            assert answer.status == 200
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


@pytest.mark.parametrize("error", [ServiceUnavailable("Response Timeout"), RuntimeError("words of a person")])
async def test_a_failure_while_the_client_waits_is_logged_as_an_error(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    async def fails(_: Any) -> None:
        raise error

    async with guarded(fails) as http, http.get("/fails") as answer:
        assert answer.status == getattr(error, "status_code", 500)
    told = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    assert told == [f"a request failed: {type(error).__name__}"]


def test_the_pace_is_still_counted_when_unused_memory_was_collected() -> None:
    pace = Pace(read_settings({"GUIDE_HOST": "0.0.0.0", "GUIDE_LIMIT_USER": "2/minute"}))
    gc.collect()
    assert [pace.allows_user("one") for _ in range(3)] == [True, True, False]
