"""What the bot has said to a page in the last minutes, for a page that comes back, perhaps to another process.

Each process remembers what it said itself. Where a Redis is named the processes remember together; while it is away
each goes by its own memory.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from typing import Any, Protocol

from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.channels.memory import slot

log = logging.getLogger(__name__)

Frame = dict[str, Any]


class Kept(Protocol):
    """Frames by session, oldest first."""

    async def add(self, session: str, frames: Iterable[Frame]) -> None:
        """Keep ``frames``."""

    async def all(self, session: str) -> list[Frame] | None:
        """What is kept; None when it cannot be known."""

    async def drop(self, session: str) -> None:
        """Forget it now."""


class Alone:
    """No other process: nothing is to be shared."""

    async def add(self, session: str, frames: Iterable[Frame]) -> None:
        """See ``Kept``."""

    async def all(self, session: str) -> list[Frame] | None:  # noqa: ARG002
        """See ``Kept``."""
        return None

    async def drop(self, session: str) -> None:
        """See ``Kept``."""


class InRedis:
    """Together with the other processes; the keys are hashes."""

    def __init__(self, url: str, most: int, seconds: float) -> None:
        self._redis: Any = Redis.from_url(url, decode_responses=True, socket_timeout=1, socket_connect_timeout=1)
        self._most, self._seconds = most, seconds

    async def add(self, session: str, frames: Iterable[Frame]) -> None:
        """See ``Kept``."""
        key = _key(session)
        told = [json.dumps(frame, ensure_ascii=False) for frame in frames]
        if not told:
            return
        try:
            async with self._redis.pipeline(transaction=True) as steps:
                steps.rpush(key, *told).ltrim(key, -self._most, -1).expire(key, int(self._seconds))
                await steps.execute()
        except (RedisError, OSError) as error:
            log.error("what was said is not shared (%s)", type(error).__name__)

    async def all(self, session: str) -> list[Frame] | None:
        """See ``Kept``."""
        try:
            return [json.loads(told) for told in await self._redis.lrange(_key(session), 0, -1)]
        except (RedisError, OSError) as error:
            log.error("what others said is not known (%s)", type(error).__name__)
            return None

    async def drop(self, session: str) -> None:
        """See ``Kept``."""
        try:
            await self._redis.delete(_key(session))
        except (RedisError, OSError) as error:
            log.error("what was said is not forgotten before its time (%s)", type(error).__name__)


def kept(url: str, most: int, seconds: float) -> Kept:
    """The memory that several processes share at ``url``; none when it is empty."""
    return InRedis(url, most, seconds) if url else Alone()


def _key(session: str) -> str:
    return f"guide:{slot('said', session)}"
