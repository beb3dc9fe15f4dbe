"""Conversations that nobody agreed to keep: in memory, for a day, and no more than so many.

In this process by default. Where several processes serve one bot they share a Redis; what is there is sealed
when there is a key and goes by itself after a day. No process has a copy, which would outlive a deletion: while Redis
is away nobody is answered from what is not there, and when it comes back without its memory people are told.
"""

from __future__ import annotations

import hashlib
import json
import time
import uuid
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError

from bot.errors import ConversationLostError, RecordError
from bot.records.shorten import event_of

SECONDS = 24 * 3600.0
MOST = 5_000
"""Conversations; beyond that the one that has been quiet longest goes."""
MOST_KNOWN = 100_000
LIFE = "guide:life"


class Unsaved(Protocol):
    """Events of conversations by person."""

    async def put(self, person: str, events: list[Any]) -> None:
        """Keep ``events`` in place of what was there."""

    async def get(self, person: str) -> list[Any] | None:
        """What is kept."""

    async def drop(self, person: str) -> None:
        """Forget it now."""


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


class InRedis:
    """Shared by several processes. Raises ``RecordError`` while Redis cannot be reached."""

    def __init__(self, url: str, seal: Callable[[str, str], str], open_: Callable[[str, str], str]) -> None:
        patient = Retry(ExponentialBackoff(cap=0.5, base=0.1), 4)  # a restart takes a second or two
        quick = {"socket_timeout": 1, "socket_connect_timeout": 1}
        self._redis: Any = Redis.from_url(
            url, decode_responses=True, retry=patient, retry_on_error=[RedisConnectionError], **quick
        )
        self._seal, self._open = seal, open_
        self._known: OrderedDict[str, str] = OrderedDict()
        """In which life of Redis something of a person was there; only hashes, nothing of what was said."""

    async def put(self, person: str, events: list[Any]) -> None:
        """See ``Unsaved``."""
        key = _key(person)
        told = self._seal(json.dumps([event.as_dict() for event in events], ensure_ascii=False), key)
        with _reached():
            await self._redis.set(key, told, ex=int(SECONDS))
            self._remember(key, await self._life())

    async def get(self, person: str) -> list[Any] | None:
        """See ``Unsaved``. Raises ``ConversationLostError`` once when Redis has lost what was there."""
        key = _key(person)
        with _reached():
            told, life = await self._redis.get(key), await self._life()
        if told is None:
            if self._known.pop(key, life) != life:
                raise ConversationLostError
            return None
        self._remember(key, life)
        return [event_of(one) for one in json.loads(self._open(told, key))]

    async def drop(self, person: str) -> None:
        """See ``Unsaved``."""
        self._known.pop(_key(person), None)
        with _reached():
            await self._redis.delete(_key(person))

    async def _life(self) -> str:
        """A name of the time since Redis was empty."""
        fresh = uuid.uuid4().hex
        async with self._redis.pipeline(transaction=True) as both:
            _, life = await both.set(LIFE, fresh, nx=True).get(LIFE).execute()
        return str(life)

    def _remember(self, key: str, life: str) -> None:
        self._known[key] = life
        self._known.move_to_end(key)
        while len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)


@contextmanager
def _reached() -> Iterator[None]:
    try:
        yield
    except (RedisError, OSError) as error:
        raise RecordError(f"Redis does not answer ({type(error).__name__})") from error


def _key(person: str) -> str:
    return "guide:unsaved:" + hashlib.sha256(person.encode("utf-8", "surrogatepass")).hexdigest()
