"""Conversations in memory: for a while, and no more than so many."""

from __future__ import annotations

from bot.records.unsaved import InMemory


async def test_what_is_kept_goes_after_its_time() -> None:
    moment = [0.0]
    memory = InMemory(seconds=10, now=lambda: moment[0])
    await memory.put("one", [1])
    moment[0] = 9
    assert await memory.get("one") == [1]
    moment[0] = 10
    assert await memory.get("one") is None


async def test_beyond_the_bound_the_one_that_was_quiet_longest_goes() -> None:
    memory = InMemory(most=2)
    for person in ("one", "two", "one", "three"):
        await memory.put(person, [person])
    assert [await memory.get(person) for person in ("one", "two", "three")] == [["one"], None, ["three"]]


async def test_what_is_given_out_is_a_copy() -> None:
    memory = InMemory()
    await memory.put("one", [1])
    (await memory.get("one") or []).append(2)
    assert await memory.get("one") == [1]
