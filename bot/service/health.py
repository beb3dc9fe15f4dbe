"""Whether this process lives and whether it can do its work now.

``/livez`` is answered by whatever can answer at all. ``/readyz`` needs the model, the databases, and Redis where one is
named. RabbitMQ is asked too but is not needed: events wait for it.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from typing import Any

from redis import Redis
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from bot import metrics
from bot.settings import Settings

log = logging.getLogger(__name__)

SECONDS = 2.0
"""A service that does not answer within that counts as away."""
FRESH_SECONDS = 1.0
"""An answer is good for that long, however many ask."""

Check = Callable[[], None]


class Health:
    """How this process is doing. ``agent`` is set when it is loaded, ``is_stopping`` when it is to end."""

    def __init__(self, given: Settings) -> None:
        self.agent: Any = None
        self.is_stopping = False
        self._checks = checks(given)
        self._broker: Any = None
        self._asking = asyncio.Lock()
        self._found: dict[str, bool] = {}
        self._found_at = -FRESH_SECONDS

    def has_loaded(self, agent: Any) -> None:
        """The agent is there and can answer."""
        self.agent = agent
        self._broker = getattr(agent.tracker_store, "event_broker", None)

    async def look(self) -> Mapping[str, bool]:
        """What can be reached now, by name; what is needed only."""
        async with self._asking:
            if time.monotonic() - self._found_at >= FRESH_SECONDS:
                names = list(self._checks)
                found = await asyncio.gather(*(_holds(name, self._checks[name]) for name in names))
                self._found = dict(zip(names, found, strict=True))
                self._found_at = time.monotonic()
                self._tell()
        return {"model": self.agent is not None and not self.is_stopping, **self._found}

    def _tell(self) -> None:
        for name, is_up in self._found.items():
            metrics.DEPENDENCY_UP.labels(name).set(is_up)
        if self._broker is not None:
            metrics.DEPENDENCY_UP.labels("events").set(self._broker.is_ready())


def checks(given: Settings) -> dict[str, Check]:
    """What has to hold, by name; each raises when it does not."""
    wanted: dict[str, Check] = {
        "conversations": lambda: _answers(given.conversations_url),
        "records": lambda: _answers(given.records_url),
    }
    if redis := given.channels["CHANNELS_REDIS_URL"]:
        wanted["redis"] = lambda: _pings(redis)
    return wanted


async def _holds(name: str, check: Check) -> bool:
    """Whether ``check`` passes in time. It runs beside the server, which answers meanwhile."""
    try:
        await asyncio.wait_for(asyncio.get_running_loop().run_in_executor(None, check), SECONDS + 1)
    except Exception as error:  # noqa: BLE001 (whatever it is: it does not hold)
        log.warning("not ready: %s (%s)", name, type(error).__name__)
        return False
    return True


def _answers(url: str) -> None:
    parsed = make_url(url)
    is_postgres = parsed.get_backend_name() == "postgresql"
    given = {"connect_timeout": int(SECONDS), "options": f"-c statement_timeout={int(SECONDS * 1000)}"}
    engine = create_engine(parsed, poolclass=NullPool, connect_args=given if is_postgres else {"timeout": SECONDS})
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))


def _pings(url: str) -> None:
    with Redis.from_url(url, socket_timeout=SECONDS, socket_connect_timeout=SECONDS) as client:
        client.ping()
