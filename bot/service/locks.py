"""One turn of a conversation at a time, in the order the messages came, on however many machines.

Rasa's own locks read, change and write a list of tickets in three steps, so two processes can hold one conversation at
once; they look once a second whether it is their turn; and after 60 seconds they let the next one in whether or not the
turn is over. Here the order is kept by one script in Redis, who is next is woken, and a lease is renewed while the turn
lasts: a process that was killed keeps others waiting for ``LEASE`` seconds and no longer.

Without ``CHANNELS_REDIS_URL``, and while Redis is away, the order is kept in this process. Then two processes can work
on one conversation at once; the store refuses the one that would overwrite the other (``bot.records.conversations``).
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

from rasa.core.lock_store import LockError, LockStore
from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.settings import settings

log = logging.getLogger(__name__)

LEASE = 10.0
RENEW = 2.5
PATIENCE = 60.0
"""Seconds that a message waits for its turn; then the channel asks to send it again."""
POLL = 1.0
"""Seconds after which somebody who was not woken looks for themselves."""
RETRY = 2.0
"""Seconds for which a Redis that did not answer is not asked again."""
SCRIPT = Path(__file__).with_name("queue.lua").read_text("utf-8")


class Locks(LockStore):  # type: ignore[misc]
    """Rasa's seam for locks; ``endpoints.yml`` names it."""

    def __init__(self, endpoint_config: Any = None, url: str | None = None) -> None:  # noqa: ARG002 (Rasa passes it)
        url = settings().channels["CHANNELS_REDIS_URL"] if url is None else url
        self._shared = Queue(url) if url else None
        self._down_until = 0.0
        self._here: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = LEASE, wait_time_in_seconds: float = POLL
    ) -> AsyncIterator[None]:
        """Wait for one's turn in the conversation, and have it. Raises ``LockError`` after ``PATIENCE``."""
        ticket = await self._enter(conversation_id, lock_lifetime, wait_time_in_seconds)
        keeping = asyncio.create_task(self._keep(conversation_id, ticket, lock_lifetime)) if ticket else None
        try:
            async with self._alone_here(conversation_id):
                yield
        finally:
            if keeping:
                keeping.cancel()
                await self._leave(conversation_id, ticket)

    @asynccontextmanager
    async def _alone_here(self, person: str) -> AsyncIterator[None]:
        """The same within this process, also for those who came in while Redis was away."""
        lock = self._here.setdefault(person, asyncio.Lock())
        try:
            await asyncio.wait_for(lock.acquire(), PATIENCE)
        except asyncio.TimeoutError:
            raise LockError("the conversation was busy for too long") from None
        try:
            yield
        finally:
            lock.release()

    async def _enter(self, person: str, lease: float, poll: float) -> str:
        """The ticket with which the turn came; empty when the order is kept in this process alone."""
        if self._shared is None or time.monotonic() < self._down_until:
            return ""
        ticket, end = uuid.uuid4().hex, time.monotonic() + PATIENCE
        try:
            while not await self._shared.step(person, ticket, lease, "enter"):
                if time.monotonic() > end:
                    await self._shared.step(person, ticket, lease, "leave")
                    raise LockError("the conversation was busy for too long")
                await self._shared.woken(person, ticket, poll)
        except asyncio.CancelledError:
            await self._leave(person, ticket)
            raise
        except (RedisError, OSError) as error:
            self._missed(error)
            return ""
        return ticket

    async def _keep(self, person: str, ticket: str, lease: float) -> None:
        """Renew the lease until cancelled; an interrupted line to Redis is tried again."""
        assert self._shared is not None
        while True:
            await asyncio.sleep(min(RENEW, lease / 4))
            try:
                await self._shared.step(person, ticket, lease, "enter")
            except (RedisError, OSError) as error:
                self._missed(error)

    async def _leave(self, person: str, ticket: str) -> None:
        assert self._shared is not None
        try:
            await self._shared.step(person, ticket, LEASE, "leave")
        except (RedisError, OSError) as error:  # the lease runs out by itself
            self._missed(error)

    def _missed(self, error: Exception) -> None:
        self._down_until = time.monotonic() + RETRY
        log.error("Redis does not answer (%s): the order is kept in this process", type(error).__name__)


class Queue:
    """Who waits for a conversation, in Redis. Raises ``RedisError`` when it cannot be reached."""

    def __init__(self, url: str) -> None:
        self._redis: Any = Redis.from_url(url, socket_timeout=3, socket_connect_timeout=1)
        self._script = self._redis.register_script(SCRIPT)

    async def step(self, person: str, ticket: str, lease: float, what: str) -> bool:
        """Enter (or stay in) or leave the queue; True when it is this ticket's turn."""
        name = _name(person)
        keys, given = [f"{name}:queue", f"{name}:leases"], [ticket, round(lease * 1000), what, f"{name}:wake:"]
        return bool(await self._script(keys=keys, args=given))

    async def woken(self, person: str, ticket: str, seconds: float) -> None:
        """Come back when it is this ticket's turn, and after ``seconds`` in any case."""
        await self._redis.blpop(f"{_name(person)}:wake:{ticket}", timeout=seconds)


def _name(person: str) -> str:
    """The beginning of the keys; the braces keep them on one node of a Redis cluster. No id can be read from it."""
    return f"guide:turn:{{{hashlib.sha256(person.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}}}"
