"""Pages of one session that are connected to different processes: what is said to a session reaches all of them.

python-socketio's Redis manager sends everything through Redis, even to a page of its own process, gives up without a
word when Redis is away, waits up to a minute before it listens again, and reads Python objects from Redis, which runs
whatever somebody put there. Here a process tells its own pages at once, the others through Redis, as JSON.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import AsyncIterator
from typing import Any

from redis.exceptions import RedisError
from socketio import AsyncRedisManager

log = logging.getLogger(__name__)

CHANNEL = "guide:pages"
RETRY_SECONDS = 1.0
AWAY_SECONDS = 2.0
"""After a failure the others are told nothing for so long: a page asks for what it has missed when it comes back."""
OPTIONS = {"socket_connect_timeout": 1, "health_check_interval": 15}


class Rooms(AsyncRedisManager):
    """The client manager of the socket.io server, for several processes."""

    def __init__(self, url: str) -> None:
        super().__init__(url, channel=CHANNEL, redis_options=OPTIONS)
        self._away_until = 0.0

    async def emit(
        self, event: str, data: Any, namespace: str | None = None, room: str | None = None, **more: Any
    ) -> None:
        """To the pages of this process now; to those of others too, when ``room`` is not one connection of ours."""
        await super().emit(event, data, namespace=namespace, room=room, **{**more, "ignore_queue": True})
        if room is not None and self.is_connected(room, namespace or "/"):
            return
        told = {"event": event, "data": data, "namespace": namespace or "/", "room": room}
        await self._publish({"method": "emit", "host_id": self.host_id, **told})

    async def _publish(self, data: dict[str, Any]) -> None:
        if time.monotonic() < self._away_until:
            return
        try:
            await self.redis.publish(self.channel, json.dumps(data))
        except (RedisError, OSError) as error:
            self._away_until = time.monotonic() + AWAY_SECONDS
            log.error("pages of other processes are not told (%s)", type(error).__name__)

    async def _handle_emit(self, message: dict[str, Any]) -> None:
        if message.get("host_id") != self.host_id:
            await super()._handle_emit(message)

    async def _listen(self) -> AsyncIterator[dict[str, Any]]:
        while True:
            try:
                await self.pubsub.subscribe(self.channel)
                async for message in self.pubsub.listen():
                    if message["type"] == "message":
                        yield json.loads(message["data"])
            except (RedisError, OSError) as error:
                log.error("pages of other processes are not heard (%s)", type(error).__name__)
            except ValueError:
                log.error("something on %s is no JSON", self.channel)
            await asyncio.sleep(RETRY_SECONDS)
