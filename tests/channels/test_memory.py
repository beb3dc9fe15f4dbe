"""What the channels remember: in this process, and in a real Redis."""

from __future__ import annotations

import asyncio
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.channels import memory as module
from bot.channels.memory import InProcess, InRedis, Memory, memory
from tests.channels.messenger import messenger


def free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


async def answers(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    await writer.wait_closed()
    return True


@pytest.fixture
async def redis_url(tmp_path: Path) -> AsyncIterator[str]:
    """A Redis of the test's own."""
    program = shutil.which("redis-server")
    assert program, "these tests need a real Redis: apt-get install redis-server (or leave them out: -m 'not redis')"
    port = free_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(500):
            if await answers(port):
                break
            assert process.poll() is None, "Redis did not start"
            await asyncio.sleep(0.01)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait()


async def keeps_its_word(store: Memory) -> None:
    """What every memory does."""
    claims = await asyncio.gather(*(store.claim("a", 60) for _ in range(5)))
    assert sorted(claims) == [False] * 4 + [True]
    assert await store.claim("b", 60)
    assert await store.get("nothing") is None
    await store.put("c", "一", 60)
    await store.put("c", "二", 60)
    assert await store.get("c") == "二"
    assert not await store.claim("c", 60)
    await store.drop("c")
    await store.drop("c")
    assert await store.get("c") is None
    assert await store.claim("c", 60)


async def test_this_process_remembers() -> None:
    await keeps_its_word(InProcess())


async def test_this_process_forgets_in_time() -> None:
    moment = [0.0]
    store = InProcess(lambda: moment[0])
    assert await store.claim("a", 10)
    moment[0] = 9.9
    assert not await store.claim("a", 10)
    moment[0] = 10.0
    assert await store.get("a") is None
    assert await store.claim("a", 10)


async def test_this_process_does_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_KEPT", 3)
    moment = [0.0]
    store = InProcess(lambda: moment[0])
    await store.put("old", "", 1)
    await store.put("a", "", 100)
    await store.put("b", "", 100)
    moment[0] = 2.0
    await store.put("c", "", 100)
    assert [await store.get(key) for key in ("a", "b", "c")] == ["", "", ""]
    await store.put("d", "", 100)
    assert [await store.get(key) for key in ("a", "b", "c", "d")] == [None, "", "", ""]


@pytest.mark.redis
async def test_redis_remembers_for_several_processes(redis_url: str) -> None:
    one, two = InRedis(redis_url), InRedis(redis_url)
    await keeps_its_word(one)
    assert not await two.claim("a", 60)
    seconds = await one._redis.ttl(module.PREFIX + "a")
    assert 0 < seconds <= 60
    await one.close()
    await two.close()


@pytest.mark.redis
async def test_a_message_that_reaches_two_processes_is_answered_once(redis_url: str) -> None:
    first, second = InRedis(redis_url), InRedis(redis_url)
    async with messenger("feishu", first) as one, messenger("feishu", second) as two:
        await asyncio.gather(one.say("hello"), two.say("hello"))
        assert len(one.api.said) + len(two.api.said) == 1
    keys = [key async for key in first._redis.scan_iter()]
    assert keys
    assert not [key for key in keys if one.platform.person in key], "no person's id in a key"
    await first.close()
    await second.close()


async def test_without_redis_this_process_remembers_and_says_so(caplog: pytest.LogCaptureFixture) -> None:
    store = InRedis(f"redis://:made-up-password@127.0.0.1:{free_port()}/0")
    await keeps_its_word(store)
    assert "Redis does not answer (ConnectionError)" in caplog.text
    assert "made-up-password" not in caplog.text


def test_redis_is_used_only_where_it_is_named() -> None:
    assert isinstance(memory(""), InProcess)
    assert isinstance(memory("redis://127.0.0.1:1/0"), InRedis)
