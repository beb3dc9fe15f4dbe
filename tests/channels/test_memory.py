"""What the channels remember: in this process, and in a real Redis."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest
from redis_server import free_port

from bot.channels import memory as module
from bot.channels import stores
from bot.channels.memory import InProcess, Memory, Sealed
from bot.channels.stores import FILE, PREFIX, InFile, InRedis, Steady, memory
from tests.channels.messenger import messenger


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
    await store.put("d", "一", 60)
    taken = await asyncio.gather(*(store.take("d") for _ in range(5)))
    assert [text for text in taken if text is not None] == ["一"]
    await store.later("q", "soon", -1)
    await store.later("q", "late", 60)
    await store.later("another", "other", -1)
    handed = await asyncio.gather(*(store.due("q", 60) for _ in range(5)))
    assert sorted(handed) == [[], [], [], [], ["soon"]]
    await store.later("q", "soon", -1)
    assert await store.due("q", -1) == ["soon"], "what was not taken back comes again"
    await store.never("q", "soon")
    assert await store.due("q", 60) == []


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
    seconds = await one._redis.ttl(PREFIX + "a")
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
    store = Steady(InRedis(f"redis://:made-up-password@127.0.0.1:{free_port()}/0"))
    await keeps_its_word(store)
    assert "Redis does not answer (ConnectionError)" in caplog.text
    assert "made-up-password" not in caplog.text


async def test_a_redis_that_is_down_is_not_asked_for_every_word(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    class Down(InProcess):
        async def get(self, key: str) -> str | None:
            asked.append(key)
            raise OSError("down")

    store = Steady(Down())  # type: ignore[arg-type]
    for _ in range(3):
        assert await store.get("a") is None
    assert asked == ["a"]
    monkeypatch.setattr(stores, "RETRY_SECONDS", -1.0)
    store._down_until = 0.0
    await store.get("a")
    await store.get("a")
    assert asked == ["a", "a", "a"]


@pytest.mark.redis
async def test_what_was_kept_without_redis_is_found_when_it_is_back(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores, "RETRY_SECONDS", 0.0)
    inner = InRedis(redis_url.replace("127.0.0.1", "127.0.0.2"))
    store = Steady(inner)
    await store.put("a", "kept meanwhile", 60)
    await store.later("q", "x", -1)
    inner._redis = InRedis(redis_url)._redis
    assert await store.get("a") == "kept meanwhile"
    assert await store.take("a") == "kept meanwhile"
    assert await store.due("q", 60) == ["x"]
    await store.close()


async def test_a_file_remembers_for_several_processes_and_after_an_end(tmp_path: Path) -> None:
    one, two = InFile(tmp_path / "new" / FILE), InFile(tmp_path / "new" / FILE)
    await keeps_its_word(one)
    assert not await two.claim("a", 60)
    claims = await asyncio.gather(*(store.claim(f"n{n}", 60) for n in range(20) for store in (one, two)))
    assert sum(claims) == 20
    await one.put("kept", "words", 60)
    await one.later("q", "x", -1)
    await one.close()
    await two.close()

    third = InFile(tmp_path / "new" / FILE)
    assert await third.get("kept") == "words"
    assert await third.due("q", 60) == ["x"]
    await third.close()


async def test_a_file_is_for_the_owner_only_and_is_cleared_of_old_things(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores, "SWEEP_EVERY", 3)
    moment = [0.0]
    store = InFile(tmp_path / FILE, lambda: moment[0])
    await store.put("a", "", 10)
    await store.put("b", "", 10)
    moment[0] = 20.0
    assert await store.get("a") is None
    assert await store.claim("a", 10)
    moment[0] = 40.0
    await store.put("c", "", 10)
    assert store._open is not None
    await store.close()
    with sqlite3.connect(tmp_path / FILE) as db:
        assert db.execute("SELECT key FROM kept").fetchall() == [("c",)]
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


async def test_a_file_that_cannot_be_used_stops_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "taken").write_text("no folder")
    store = Steady(InFile(tmp_path / "taken" / FILE))
    await keeps_its_word(store)
    assert "the channels' file does not answer" in caplog.text
    (tmp_path / FILE).write_text("this is not a database" * 100)
    await keeps_its_word(Steady(InFile(tmp_path / FILE)))


async def test_what_is_kept_can_be_read_with_the_secret_only() -> None:
    inner = InProcess()
    store = Sealed(inner, "made-up-secret")
    await keeps_its_word(store)
    await store.put("a key", "private words", 60)
    assert "private" not in repr(inner._kept)
    assert await Sealed(inner, "another").get("a key") is None
    assert await Sealed(inner, "made-up-secret").take("a key") == "private words"


async def test_a_file_is_taken_unless_a_redis_is_named(tmp_path: Path) -> None:
    store = memory("", tmp_path)
    assert await store.claim("a", 60)
    assert (tmp_path / FILE).exists()
    assert isinstance(memory("redis://127.0.0.1:1/0", tmp_path)._inner, InRedis)  # type: ignore[attr-defined]
