"""The web chat in several processes that share a Redis: a session belongs to all of them."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from redis import Redis
from redis.exceptions import RedisError
from redis_server import redis_server

from bot.channels import rooms
from bot.settings import settings
from tests.channels.echo_bot import serving
from tests.channels.test_socket import SESSION, _websocket_client, phone, until  # noqa: F401 (a fixture)

pytestmark = pytest.mark.redis


@pytest.fixture
def shared(redis_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("CHANNELS_REDIS_URL", redis_url)
    settings.cache_clear()
    yield redis_url
    monkeypatch.undo()
    settings.cache_clear()


async def test_what_is_said_to_a_session_reaches_its_pages_everywhere_once(shared: str) -> None:
    async with serving() as (first, _), serving() as (second, _), phone(first) as one, phone(second) as two:
        await one.open()
        await two.open()
        await until(lambda: _listeners(shared) == 2)
        await one.send("hello", id="m1")
        await until(lambda: bool(two.all("turn_done")) and bool(one.all("turn_done")))
        await two.send("and back", id="m2")
        await until(lambda: len(one.all("turn_done")) == 2)
    assert one.texts() == two.texts() == ["echo: hello", "echo: and back"]


async def test_a_page_that_comes_back_elsewhere_gets_what_it_has_missed(shared: str) -> None:
    async with serving() as (first, agent), serving() as (second, _):
        async with phone(first) as one:
            await one.open()
            await one.send("before", id="m1")
            await until(lambda: bool(one.all("turn_done")))
            await one.send("wait 0.2", id="m2")
            await until(lambda: len(agent.heard) == 2)
        async with phone(second) as two:
            await two.open(last_id=one.all("bot_uttered")[0]["id"])
            await until(lambda: two.texts() == ["echo: wait 0.2"], 5)
        async with phone(second) as three:
            await three.open()
            await until(lambda: three.texts() == ["echo: before", "echo: wait 0.2"])


async def test_without_redis_each_process_serves_its_own_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with redis_server(tmp_path) as url:
        gone = url
    monkeypatch.setenv("CHANNELS_REDIS_URL", gone)
    settings.cache_clear()
    try:
        async with serving() as (first, _), phone(first) as one:
            await one.open()
            await one.send("hello", id="m1")
            await until(lambda: bool(one.all("turn_done")))
            assert one.texts() == ["echo: hello"]
        async with serving() as (first, _), phone(first) as two:
            await two.open()
            await two.send("anew", id="m1")
            await until(lambda: bool(two.all("turn_done")))
        assert two.texts() == ["echo: anew"]
    finally:
        monkeypatch.undo()
        settings.cache_clear()
    assert "pages of other processes are not heard (ConnectionError)" in caplog.text
    assert SESSION not in caplog.text


async def test_processes_hear_each_other_again_after_redis_was_restarted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms, "AWAY_SECONDS", 0.0)
    with redis_server(tmp_path) as url:
        monkeypatch.setenv("CHANNELS_REDIS_URL", url)
        settings.cache_clear()
        async with serving() as (first, _), serving() as (second, _), phone(first) as one, phone(second) as two:
            await one.open()
            await two.open()
            await until(lambda: _listeners(url) == 2)
            Redis.from_url(url).shutdown(nosave=True)
            await one.send("alone", id="m1")
            await until(lambda: one.texts() == ["echo: alone"])
            again = subprocess.Popen(
                ["redis-server", "--port", str(urlsplit(url).port), "--save", ""], stdout=subprocess.DEVNULL
            )
            try:
                await until(lambda: _listeners(url) == 2, 20)
                await one.send("together", id="m2")
                await until(lambda: "echo: together" in two.texts())
            finally:
                again.terminate()
                again.wait()
    settings.cache_clear()


def _listeners(url: str) -> int:
    try:
        with Redis.from_url(url) as redis:
            return int(redis.pubsub_numsub("guide:pages")[0][1])
    except RedisError:  # it is not up yet
        return 0
