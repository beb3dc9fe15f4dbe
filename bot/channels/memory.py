"""What the messengers' channels remember for a while: message ids, offered choices, answers not yet delivered.

In this process by default; in Redis when several processes serve one app. Keys hold no names and no texts.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any, Protocol

from redis.asyncio import Redis
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

PREFIX = "guide:"
MOST_KEPT = 100_000


class Memory(Protocol):
    """Small texts that are forgotten by themselves."""

    async def claim(self, key: str, seconds: int) -> bool:
        """True for the first who asks, however many ask at once; False for the others until ``seconds`` are over."""

    async def put(self, key: str, text: str, seconds: int) -> None:
        """Keep ``text``, in place of what was there."""

    async def get(self, key: str) -> str | None:
        """What is kept."""

    async def drop(self, key: str) -> None:
        """Forget it now."""


class InProcess:
    """A dictionary; what is too old goes first, then what is oldest."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._kept: dict[str, tuple[float, str]] = {}

    async def claim(self, key: str, seconds: int) -> bool:
        """See ``Memory``."""
        if await self.get(key) is not None:
            return False
        await self.put(key, "", seconds)
        return True

    async def put(self, key: str, text: str, seconds: int) -> None:
        """See ``Memory``."""
        self._kept.pop(key, None)
        if len(self._kept) >= MOST_KEPT:
            now = self._now()
            self._kept = {name: kept for name, kept in self._kept.items() if kept[0] > now}
            while len(self._kept) >= MOST_KEPT:
                del self._kept[next(iter(self._kept))]
        self._kept[key] = (self._now() + seconds, text)

    async def get(self, key: str) -> str | None:
        """See ``Memory``."""
        until, text = self._kept.get(key, (0.0, ""))
        return text if key in self._kept and until > self._now() else None

    async def drop(self, key: str) -> None:
        """See ``Memory``."""
        self._kept.pop(key, None)


class InRedis:
    """Redis. While it cannot be reached this process remembers by itself: an answer twice is better than none."""

    def __init__(self, url: str) -> None:
        self._redis = Redis.from_url(url, decode_responses=True, socket_timeout=1, socket_connect_timeout=1)
        self._meanwhile = InProcess()

    async def claim(self, key: str, seconds: int) -> bool:
        """See ``Memory``."""
        try:
            return bool(await self._redis.set(PREFIX + key, "", nx=True, ex=seconds))
        except RedisError as error:
            return await self._without(error).claim(key, seconds)

    async def put(self, key: str, text: str, seconds: int) -> None:
        """See ``Memory``."""
        try:
            await self._redis.set(PREFIX + key, text, ex=seconds)
        except RedisError as error:
            await self._without(error).put(key, text, seconds)

    async def get(self, key: str) -> str | None:
        """See ``Memory``."""
        try:
            found: Any = await self._redis.get(PREFIX + key)
        except RedisError as error:
            return await self._without(error).get(key)
        return None if found is None else str(found)

    async def drop(self, key: str) -> None:
        """See ``Memory``."""
        try:
            await self._redis.delete(PREFIX + key)
        except RedisError as error:
            await self._without(error).drop(key)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._redis.close()

    def _without(self, error: RedisError) -> InProcess:
        log.error("Redis does not answer (%s): this process remembers by itself", type(error).__name__)
        return self._meanwhile


def memory(url: str) -> Memory:
    """Redis at ``url``, or this process when it is empty."""
    return InRedis(url) if url else InProcess()
