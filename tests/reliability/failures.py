"""What happens to people when something dies: `make reliability` runs this and writes docs/reliability.md.

It takes about ten minutes and is not part of `make test`, which has `test_small.py`.
"""

from __future__ import annotations

import asyncio
import os
import resource
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager

import aio_pika
import pytest
from services import Process, free_port

from bot.settings import ROOT
from tests.reliability.cluster import Cluster, alone, cluster
from tests.reliability.people import Person, faults, person, talk_on_pages, talk_over_rest

pytestmark = [pytest.mark.model, pytest.mark.postgres, pytest.mark.redis, pytest.mark.timeout(900)]

HEAD = """# Reliability

Written by `make reliability` (`tests/reliability/failures.py`): real workers (`python -m bot serve`) behind HAProxy on
PostgreSQL, Redis and RabbitMQ, all on one machine of {cores} cores. People send again what was not answered, under the
same id. After each run the stored conversations are compared with what was sent: no message lost, none doubled, the
order kept, no answer mixed up, none without an answer.

Everything that is written down here was seen in the run of {day}.

"""
COLUMNS = "What was done|To whom|Messages answered|Told to send again|Connection broken|Slowest answer|Wrong afterwards"
TAIL = """
"Told to send again": a clear sentence instead of an answer, which says what to do; nothing of such a turn is kept.
"Connection broken": no answer at all; the page sends such a message again by itself.

Conversations that nobody agreed to keep live in Redis only. When Redis comes back empty, their people are told so and
begin anew; that is what they were promised.

Figures of another machine: `make reliability` again.
"""
Note = Callable[[str, str, Sequence[Person], list[str]], None]


@pytest.fixture(scope="module")
def note() -> Iterator[Note]:
    """Put a row into the table; the document is written when all is over."""
    rows: list[str] = []

    def add(what: str, whom: str, people: Sequence[Person], wrong: list[str]) -> None:
        said = [message for one in people for message in one.says]
        cells = [
            what,
            whom,
            str(sum(1 for message in said if message.answers or not message.seconds)),
            str(sum(len(message.refused) for message in said)),
            str(sum(message.broken for message in said)),
            f"{max(message.seconds for message in said):.1f} s",
            "; ".join(wrong) or "nothing",
        ]
        rows.append("| " + " | ".join(cells) + " |")

    yield add
    head = HEAD.format(cores=len(os.sched_getaffinity(0)), day=time.strftime("%Y-%m-%d"))
    columns = [f"| {COLUMNS.replace('|', ' | ')} |", "|---|---|---:|---:|---:|---:|---|"]
    (ROOT / "docs" / "reliability.md").write_text(head + "\n".join([*columns, *rows]) + "\n" + TAIL, "utf-8")


@asynccontextmanager
async def talking(found: Cluster, people: Sequence[Person], pause: float = 0.0) -> AsyncIterator[None]:
    """While the block runs, all of ``people`` talk; at its end they have been answered."""
    task = asyncio.create_task(talk_over_rest(found, people, pause))
    await asyncio.sleep(1.5)
    yield
    await task


def keeping(count: int, first: int = 0) -> list[Person]:
    """People who agreed to be kept."""
    return [person(number, keeps=True) for number in range(first, first + count)]


async def test_two_hundred_at_once(note: Note) -> None:
    with cluster() as found:
        people = [person(number) for number in range(180)]
        on_pages = [person(number) for number in range(180, 200)]
        await asyncio.gather(talk_on_pages(found, on_pages), talk_over_rest(found, people))
        wrong = faults(found, [*people, *on_pages])
        taken = [worker.metrics()['guide_turns_total{channel="rest",outcome="answered"}'] for worker in found.workers]
        note("200 conversations at once", f"two workers, {taken[0]:.0f} and {taken[1]:.0f} turns", people, wrong)
        assert (wrong, sum(taken), min(taken) > 0) == ([], 180 * 6, True)

        hasty = [Person(number, True, person(number, True).says, is_hasty=True) for number in range(300, 320)]
        await talk_over_rest(found, hasty)
        wrong = faults(found, hasty)
        note("Six messages of one conversation at the same moment, to both workers", "20 people", hasty, wrong)
        assert wrong == []


async def test_a_worker_is_killed_in_mid_turn(note: Note) -> None:
    with cluster() as found:
        people = [person(number) for number in range(40)]
        async with talking(found, people):
            found.workers[0].kill()
            await asyncio.sleep(3)
            found.workers[0].begin()
        wrong = faults(found, people)
        note("A worker killed (SIGKILL) in mid-turn, started again", "40 people", people, wrong)
        assert wrong == []
        assert found.wait_until_ready() < 60


async def test_redis_is_restarted(note: Note) -> None:
    with cluster() as found:
        people = keeping(30)
        async with talking(found, people, pause=0.5):
            assert found.redis
            found.redis.kill()
            await asyncio.sleep(3)
            found.redis.start()
        wrong = faults(found, people)
        note("Redis away for 3 s, back without its memory", "30 people who agreed to be kept", people, wrong)
        assert wrong == []
        assert found.wait_until_ready() < 60


async def test_postgresql_is_away_for_twenty_seconds(note: Note) -> None:
    with cluster() as found:
        people = keeping(30)
        async with talking(found, people, pause=0.5):
            assert found.postgres
            found.postgres.stop()
            await asyncio.sleep(20)
            found.postgres.start()
        wrong = faults(found, people)
        note("PostgreSQL away for 20 s", "30 people who agreed to be kept", people, wrong)
        assert wrong == []
        assert any(message.refused for one in people for message in one.says), "they were told"
        assert found.wait_until_ready() < 60


async def test_the_broker_is_away(note: Note) -> None:
    with cluster(has_broker=True) as found:
        people = keeping(20)
        assert found.rabbitmq
        found.rabbitmq.stop()
        async with talking(found, people):
            pass
        wrong = faults(found, people)
        waiting = sum(worker.metrics()["guide_events_waiting"] for worker in found.workers)
        found.rabbitmq.start()
        end = time.monotonic() + 60
        while sum(worker.metrics()["guide_events_waiting"] for worker in found.workers):
            assert time.monotonic() < end, "the events are sent when the broker is back"
            await asyncio.sleep(0.2)
        note(f"RabbitMQ away; {waiting:.0f} events sent when it was back", "20 people", people, wrong)
        assert (wrong, waiting > 0) == ([], True)
        assert await in_queue(found.rabbitmq.ports[0]) >= waiting


async def test_the_disk_is_full(note: Note) -> None:
    """No file may grow, as on a full disk; SQLite sees it as an error in writing."""
    with alone() as found:
        people = keeping(6)
        worker = found.workers[0]
        async with talking(found, people, pause=0.3):
            resource.prlimit(worker.pid, resource.RLIMIT_FSIZE, (1024, resource.RLIM_INFINITY))
            await asyncio.sleep(6)
            resource.prlimit(worker.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        wrong = faults(found, people)
        note("Disk full for 6 s (no file may grow), one worker on SQLite", "6 people", people, wrong)
        assert wrong == []
        assert any(message.refused for one in people for message in one.says), "they were told"


async def test_the_action_server_is_away(note: Note) -> None:
    port = free_port()
    command = [sys.executable, "-m", "rasa", "run", "actions", "--actions", "actions", "--port", str(port)]
    server = Process(command, [port], cwd=ROOT)
    server.start(120)
    try:
        with alone(ACTION_ENDPOINT_URL=f"http://127.0.0.1:{port}/webhook") as found:
            people = keeping(6)
            async with talking(found, people, pause=0.3):
                server.kill()
                await asyncio.sleep(3)
                server.start(120)
            wrong = faults(found, people)
            note("The remote action server killed, started again", "6 people, one worker on SQLite", people, wrong)
            assert wrong == []
    finally:
        server.stop()


async def in_queue(port: int) -> int:
    """How many events wait for whoever counts them."""
    async with await aio_pika.connect(f"amqp://guest:guest@127.0.0.1:{port}/") as connection:
        channel = await connection.channel()
        queue = await channel.declare_queue("guide-events", passive=True)
        return queue.declaration_result.message_count or 0
