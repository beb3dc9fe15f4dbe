"""One turn of a person at a time, in this process and in the others, and the tasks in which turns run."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from weakref import WeakValueDictionary

from bot.channels.memory import Memory

log = logging.getLogger(__name__)

RENEW_SECONDS = 10.0
TURN_SECONDS = 30.0
"""A process that dies in a turn keeps the others from the person no longer than this."""
PATIENCE = 60.0
"""Seconds that a message waits for another process to finish with the same person; then it is answered all the same."""
POLL_SECONDS = 0.05
CLOSING_SECONDS = 20


@dataclass
class Lease:
    """How long a claim goes on when nobody renews it any more."""

    seconds: float


class Turns:
    """Whose turn it is on one channel."""

    def __init__(self, channel: str, store: Memory) -> None:
        self._channel = channel
        self._store = store
        self._tasks: set[asyncio.Task[None]] = set()
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def alone(self, key: str) -> AsyncIterator[None]:
        """Wait for one's turn with ``key``, and have it."""
        async with self._locks.setdefault(key, asyncio.Lock()):
            waited = 0.0
            while not await self._store.claim(key, TURN_SECONDS) and waited < PATIENCE:
                await asyncio.sleep(POLL_SECONDS)
                waited += POLL_SECONDS
            try:
                async with self.renewing(key, TURN_SECONDS):
                    yield
            finally:
                await self._store.drop(key)

    @asynccontextmanager
    async def renewing(self, key: str, seconds: float) -> AsyncIterator[Lease]:
        """Go on claiming ``key`` while the work lasts."""
        lease = Lease(seconds)

        async def renew() -> None:
            while True:
                await asyncio.sleep(RENEW_SECONDS)
                await self._store.put(key, "claimed", lease.seconds)

        renewing = asyncio.get_running_loop().create_task(renew())
        try:
            yield lease
        finally:
            renewing.cancel()

    def start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Run ``work`` by itself."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)  # a task that nobody holds may be collected unfinished
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("%s: an answer was lost (%s)", self._channel, type(error).__name__)

    async def settle(self) -> None:
        """Wait until everything under way is answered."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    async def close(self) -> None:
        """Finish what is under way; what takes longer is in the outbox."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=CLOSING_SECONDS)
