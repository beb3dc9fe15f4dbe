"""Two workers, one conversation on both, one worker killed: a quick look in every run. `make reliability` does more."""

from __future__ import annotations

import asyncio
import time

import pytest

from tests.reliability.cluster import cluster
from tests.reliability.people import Person, faults, person, talk_on_pages, talk_over_rest

pytestmark = [pytest.mark.model, pytest.mark.postgres, pytest.mark.redis]


async def test_two_workers_serve_one_conversation_and_one_may_be_killed() -> None:
    with cluster() as found:
        people = [person(number) for number in range(16)]
        on_pages = [person(number) for number in range(16, 20)]
        pages, _ = await asyncio.gather(talk_on_pages(found, on_pages), talk_over_rest(found, people))
        everybody = [*people, *on_pages]
        assert faults(found, everybody) == []
        assert all(message.answers for one in people for message in one.says)
        assert not any(message.refused or message.broken for one in everybody for message in one.says)
        assert all(page.frames for page in pages)
        taken = [worker.metrics()['guide_turns_total{channel="rest",outcome="answered"}'] for worker in found.workers]
        assert sum(taken) == len(people) * 6
        assert min(taken) > 0, "both have worked"

        later = [person(number) for number in range(20, 40)]
        talking = asyncio.create_task(_all(found, later))
        await _until_in_mid_turn(found.workers[0])
        found.workers[0].kill()
        await talking
        assert faults(found, later) == []
        assert any(message.broken or message.refused for one in later for message in one.says), "it was in mid-turn"


async def _all(found: object, people: list[Person]) -> None:
    await talk_over_rest(found, people)  # type: ignore[arg-type]


async def _until_in_mid_turn(worker: object) -> None:
    end = time.monotonic() + 20
    while worker.metrics().get("guide_turns_under_way", 0) < 2:  # type: ignore[attr-defined]
        assert time.monotonic() < end
        await asyncio.sleep(0.01)
