"""Conversations that nobody agreed to keep: in memory, for a day, and no more than so many.

In this process by default. Where several processes serve one bot they share a Redis; what is there is sealed
when there is a key and goes by itself after a day.
"""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Protocol

from rasa.shared.core.events import Event
from redis.asyncio import Redis
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

SECONDS = 24 * 3600.0
MOST = 5_000
"""Conversations; beyond that the one that has been quiet longest goes."""


class Unsaved(Protocol):
    """Events of conversations by person."""

    async def put(self, person: str, events: list[Any]) -> None:
        """Keep ``events`` in place of what was there."""

    async def get(self, person: str) -> list[Any] | None:
        """What is kept."""

    async def drop(self, person: str) -> None:
        """Forget it now."""

    async def take(self, person: str) -> list[Any] | None:
        """What is kept, and keep it no longer."""


class InMemory:
    """In this process; nothing of it survives the end of the process."""

    def __init__(self, most: int = MOST, seconds: float = SECONDS, now: Callable[[], float] = time.monotonic) -> None:
        self._most, self._seconds, self._now = most, seconds, now
        self._kept: OrderedDict[str, tuple[float, list[Any]]] = OrderedDict()

    async def put(self, person: str, events: list[Any]) -> None:
        """See ``Unsaved``."""
        self._kept.pop(person, None)
        self._kept[person] = (self._now() + self._seconds, events)
        while self._kept and (len(self._kept) > self._most or next(iter(self._kept.values()))[0] <= self._now()):
            self._kept.popitem(last=False)

    async def get(self, person: str) -> list[Any] | None:
        """See ``Unsaved``."""
        until, events = self._kept.get(person, (0.0, []))
        return list(events) if person in self._kept and until > self._now() else None

    async def drop(self, person: str) -> None:
        """See ``Unsaved``."""
        self._kept.pop(person, None)

    async def take(self, person: str) -> list[Any] | None:
        """See ``Unsaved``."""
        events = await self.get(person)
        await self.drop(person)
        return events


class InRedis:
    """Shared by several processes. While Redis cannot be reached, this process remembers by itself."""

    def __init__(self, url: str, seal: Callable[[str, str], str], open_: Callable[[str, str], str]) -> None:
        self._redis: Any = Redis.from_url(url, decode_responses=True, socket_timeout=1, socket_connect_timeout=1)
        self._seal, self._open = seal, open_
        self._meanwhile = InMemory()

    async def put(self, person: str, events: list[Any]) -> None:
        """See ``Unsaved``."""
        key = _key(person)
        told = self._seal(json.dumps([event.as_dict() for event in events], ensure_ascii=False), key)
        try:
            await self._redis.set(key, told, ex=int(SECONDS))
            await self._meanwhile.drop(person)
        except RedisError as error:
            log.error("Redis does not answer (%s): this process remembers by itself", type(error).__name__)
            await self._meanwhile.put(person, events)

    async def get(self, person: str) -> list[Any] | None:
        """See ``Unsaved``."""
        key = _key(person)
        if (mine := await self._meanwhile.get(person)) is not None:
            return mine
        try:
            told = await self._redis.get(key)
        except RedisError as error:
            log.error("Redis does not answer (%s)", type(error).__name__)
            return None
        return None if told is None else [Event.from_parameters(one) for one in json.loads(self._open(told, key))]

    async def drop(self, person: str) -> None:
        """See ``Unsaved``."""
        await self._meanwhile.drop(person)
        try:
            await self._redis.delete(_key(person))
        except RedisError as error:
            log.error("Redis does not answer (%s)", type(error).__name__)

    async def take(self, person: str) -> list[Any] | None:
        """See ``Unsaved``."""
        events = await self.get(person)
        await self.drop(person)
        return events


def _key(person: str) -> str:
    return "guide:unsaved:" + hashlib.sha256(person.encode()).hexdigest()
