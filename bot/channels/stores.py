"""Where the channels' memory is kept: Redis, or a SQLite file. ``Steady`` goes on without either."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.channels.memory import MOST_DUE, InProcess

log = logging.getLogger(__name__)

PREFIX = "guide:"
FILE = "channels.db"
RETRY_SECONDS = 5.0
"""After a failure nothing is asked for so long."""
SWEEP_EVERY = 500
"""After so many texts the file is cleared of old ones."""
SCHEMA = """
CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, until REAL NOT NULL, text TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS due (queue TEXT, what TEXT, at REAL NOT NULL, PRIMARY KEY (queue, what)) WITHOUT ROWID;
"""
CLAIM = """
INSERT INTO kept VALUES (?, ?, '') ON CONFLICT (key)
DO UPDATE SET until = excluded.until, text = '' WHERE kept.until <= ?
"""
Answer = TypeVar("Answer")


class InRedis:
    """``Memory`` in Redis; raises ``RedisError`` when it cannot be reached."""

    def __init__(self, url: str) -> None:
        self._redis: Any = Redis.from_url(url, decode_responses=True, socket_timeout=1, socket_connect_timeout=1)

    async def claim(self, key: str, seconds: float) -> bool:
        """See ``Memory``."""
        return bool(await self._redis.set(PREFIX + key, "", nx=True, px=_milliseconds(seconds)))

    async def put(self, key: str, text: str, seconds: float) -> None:
        """See ``Memory``."""
        await self._redis.set(PREFIX + key, text, px=_milliseconds(seconds))

    async def get(self, key: str) -> str | None:
        """See ``Memory``."""
        found = await self._redis.get(PREFIX + key)
        return None if found is None else str(found)

    async def take(self, key: str) -> str | None:
        """See ``Memory``."""
        async with self._redis.pipeline(transaction=True) as both:
            found, _ = await both.get(PREFIX + key).delete(PREFIX + key).execute()
        return None if found is None else str(found)

    async def drop(self, key: str) -> None:
        """See ``Memory``."""
        await self._redis.delete(PREFIX + key)

    async def later(self, queue: str, what: str, seconds: float) -> None:
        """See ``Memory``."""
        await self._redis.zadd(f"{PREFIX}due:{queue}", {what: time.time() + seconds})

    async def due(self, queue: str, lease: float) -> list[str]:
        """See ``Memory``."""
        key, now, mine = f"{PREFIX}due:{queue}", time.time(), []
        for what in await self._redis.zrangebyscore(key, "-inf", now, start=0, num=MOST_DUE):
            if await self._redis.zrem(key, what):  # 1 for one of all who ask
                await self._redis.zadd(key, {what: now + lease})
                mine.append(str(what))
        return mine

    async def never(self, queue: str, what: str) -> None:
        """See ``Memory``."""
        await self._redis.zrem(f"{PREFIX}due:{queue}", what)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._redis.close()


class InFile:
    """``Memory`` in a SQLite file; raises ``sqlite3.Error`` or ``OSError`` when it cannot be used."""

    def __init__(self, path: Path, now: Callable[[], float] = time.time) -> None:
        self._path = path
        self._now = now
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="channels")  # a full disk may not stop the server
        self._open: sqlite3.Connection | None = None
        self._written = 0

    async def claim(self, key: str, seconds: float) -> bool:
        """See ``Memory``."""
        now = self._now()
        return await self._do(lambda db: db.execute(CLAIM, (key, now + seconds, now)).rowcount == 1)

    async def put(self, key: str, text: str, seconds: float) -> None:
        """See ``Memory``."""
        await self._do(partial(self._put, (key, self._now() + seconds, text)))

    async def get(self, key: str) -> str | None:
        """See ``Memory``."""
        return await self._do(partial(self._get, key))

    async def take(self, key: str) -> str | None:
        """See ``Memory``."""
        return await self._do(partial(self._take, key))

    async def drop(self, key: str) -> None:
        """See ``Memory``."""
        await self._do(lambda db: db.execute("DELETE FROM kept WHERE key = ?", (key,)))

    async def later(self, queue: str, what: str, seconds: float) -> None:
        """See ``Memory``."""
        row = (queue, what, self._now() + seconds)
        await self._do(lambda db: db.execute("INSERT OR REPLACE INTO due VALUES (?, ?, ?)", row))

    async def due(self, queue: str, lease: float) -> list[str]:
        """See ``Memory``."""
        return await self._do(partial(self._due, queue, self._now(), lease))

    async def never(self, queue: str, what: str) -> None:
        """See ``Memory``."""
        await self._do(lambda db: db.execute("DELETE FROM due WHERE queue = ? AND what = ?", (queue, what)))

    async def close(self) -> None:
        """Close the file."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._close)
        self._thread.shutdown(wait=False)

    def _put(self, row: tuple[str, float, str], db: sqlite3.Connection) -> None:
        db.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", row)
        self._written += 1
        if self._written % SWEEP_EVERY == 0:
            db.execute("DELETE FROM kept WHERE until <= ?", (self._now(),))

    def _get(self, key: str, db: sqlite3.Connection) -> str | None:
        found = db.execute("SELECT text FROM kept WHERE key = ? AND until > ?", (key, self._now())).fetchone()
        return None if found is None else str(found[0])

    def _take(self, key: str, db: sqlite3.Connection) -> str | None:
        found = self._get(key, db)
        db.execute("DELETE FROM kept WHERE key = ?", (key,))
        return found

    @staticmethod
    def _due(queue: str, now: float, lease: float, db: sqlite3.Connection) -> list[str]:
        asked = (queue, now, MOST_DUE)
        rows = db.execute("SELECT what FROM due WHERE queue = ? AND at <= ? ORDER BY at LIMIT ?", asked).fetchall()
        db.executemany(
            "UPDATE due SET at = ? WHERE queue = ? AND what = ?", [(now + lease, queue, *row) for row in rows]
        )
        return [str(what) for (what,) in rows]

    async def _do(self, work: Callable[[sqlite3.Connection], Answer]) -> Answer:
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._in_transaction, work)

    def _in_transaction(self, work: Callable[[sqlite3.Connection], Answer]) -> Answer:
        db = self._connection()
        db.execute("BEGIN IMMEDIATE")  # processes wait for each other
        try:
            answer = work(db)
        except BaseException:
            db.rollback()
            raise
        db.commit()
        return answer

    def _connection(self) -> sqlite3.Connection:
        if self._open is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            db = sqlite3.connect(self._path, timeout=5, isolation_level=None, check_same_thread=False)
            self._path.chmod(0o600)
            db.execute("PRAGMA journal_mode=WAL")
            db.execute(
                "PRAGMA synchronous=NORMAL"
            )  # the end of the process loses nothing, that of the machine a moment
            db.executescript(SCHEMA)
            self._open = db
        return self._open

    def _close(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None


class Steady:
    """A memory that goes on in this process while ``inner`` fails: an answer twice is better than none."""

    def __init__(self, inner: InRedis | InFile) -> None:
        self._inner: Any = inner
        self._meanwhile: Any = InProcess()
        self._down_until = 0.0

    async def claim(self, key: str, seconds: float) -> bool:
        """See ``Memory``."""
        return bool(await self._try("claim", key, seconds))

    async def put(self, key: str, text: str, seconds: float) -> None:
        """See ``Memory``."""
        await self._try("put", key, text, seconds)

    async def get(self, key: str) -> str | None:
        """See ``Memory``."""
        found = await self._try("get", key)
        return found if found is not None else await self._meanwhile.get(key)

    async def take(self, key: str) -> str | None:
        """See ``Memory``."""
        found = await self._try("take", key)
        meanwhile = await self._meanwhile.take(key)
        return found if found is not None else meanwhile

    async def drop(self, key: str) -> None:
        """See ``Memory``."""
        await self._meanwhile.drop(key)
        await self._try("drop", key)

    async def later(self, queue: str, what: str, seconds: float) -> None:
        """See ``Memory``."""
        await self._try("later", queue, what, seconds)

    async def due(self, queue: str, lease: float) -> list[str]:
        """See ``Memory``."""
        found = [*await self._try("due", queue, lease), *await self._meanwhile.due(queue, lease)]
        return list(dict.fromkeys(found))

    async def never(self, queue: str, what: str) -> None:
        """See ``Memory``."""
        await self._meanwhile.never(queue, what)
        await self._try("never", queue, what)

    async def close(self) -> None:
        """Close what is below."""
        await self._inner.close()

    async def _try(self, name: str, *given: Any) -> Any:
        if time.monotonic() < self._down_until:
            return await getattr(self._meanwhile, name)(*given)
        try:
            return await getattr(self._inner, name)(*given)
        except (RedisError, sqlite3.Error, OSError) as error:
            where = "Redis" if isinstance(self._inner, InRedis) else "the channels' file"
            log.error("%s does not answer (%s): this process remembers by itself", where, type(error).__name__)
            self._down_until = time.monotonic() + RETRY_SECONDS  # or every message waits for each of its requests
            return await getattr(self._meanwhile, name)(*given)


def memory(redis_url: str, folder: Path) -> Steady:
    """Redis at the address, or a file in ``folder`` when it is empty; works on without either."""
    return Steady(InRedis(redis_url) if redis_url else InFile(folder / FILE))


def _milliseconds(seconds: float) -> int:
    return max(1, round(seconds * 1000))
