"""Events out to RabbitMQ, for whoever counts what happens: reduced (``bot.service.reduced``) and at least once each.

Rasa's own broker waits for RabbitMQ before the bot starts, drops what comes before it is connected, and writes a
person's words into the log when sending fails. Here nobody waits for RabbitMQ: what cannot be sent now is kept in
memory, up to ``MOST_KEPT`` events, and sent in order when it is back. What is lost when a process is killed meanwhile
can be sent again from the conversations with `rasa export`.
"""

from __future__ import annotations

import asyncio
import json
import logging
from asyncio import AbstractEventLoop
from collections import deque
from collections.abc import Mapping
from typing import Any

import aio_pika
from rasa.core.brokers.broker import EventBroker

from bot import metrics
from bot.service.reduced import reduced
from bot.settings import settings

log = logging.getLogger(__name__)

EXCHANGE = "guide-events"
QUEUE = "guide-events"
MOST_KEPT = 100_000
CONNECT_SECONDS = 5.0
CONFIRM_SECONDS = 10.0
PAUSES = (0.5, 1.0, 2.0, 5.0)
"""Seconds between tries; the last goes on for ever."""
CLOSING_SECONDS = 5.0


class Events(EventBroker):  # type: ignore[misc]
    """Rasa's seam for events; ``endpoints.yml`` names it. Without ``EVENTS_URL`` there is none."""

    @classmethod
    async def from_endpoint_config(
        cls,
        broker_config: Any,  # noqa: ARG003 (Rasa passes them)
        event_loop: AbstractEventLoop | None = None,  # noqa: ARG003
    ) -> Events | None:
        """The broker that the settings name; it connects by itself, later."""
        given = settings()
        return cls(given.events_url, given.secret) if given.events_url else None

    def __init__(self, url: str, secret: bytes, most: int = MOST_KEPT) -> None:
        self._url = url
        self._secret = secret
        self._most = most
        self._kept: deque[bytes] = deque()
        self._news = asyncio.Event()
        self._is_connected = False
        self._sending = asyncio.get_running_loop().create_task(self._send_for_ever())

    def publish(self, event: Mapping[str, Any]) -> None:
        """Keep the reduced form of ``event`` until RabbitMQ has confirmed that it has it."""
        if len(self._kept) >= self._most:
            self._kept.popleft()
            metrics.EVENTS_DROPPED.inc()
        self._kept.append(json.dumps(reduced(event, self._secret), ensure_ascii=False).encode())
        metrics.EVENTS_WAITING.set(len(self._kept))
        self._news.set()

    def is_ready(self) -> bool:
        """Whether RabbitMQ is connected now."""
        return self._is_connected

    async def close(self) -> None:
        """Send what is left, if that is quick, and let go."""
        end = asyncio.get_running_loop().time() + CLOSING_SECONDS
        while self._kept and self._is_connected and asyncio.get_running_loop().time() < end:
            await asyncio.sleep(0.05)
        self._sending.cancel()
        if self._kept:
            log.error("%d events were not sent; `rasa export` sends them again", len(self._kept))

    async def _send_for_ever(self) -> None:
        pauses = iter(PAUSES)
        while True:
            try:
                async with await aio_pika.connect(self._url, timeout=CONNECT_SECONDS) as connection:
                    exchange = await _exchange(connection)
                    pauses = iter(PAUSES)
                    await self._send_all(exchange)
            except Exception as error:  # noqa: BLE001 (whatever breaks a connection: it is made anew)
                log.warning("events: RabbitMQ is away (%s), %d are kept", type(error).__name__, len(self._kept))
            self._is_connected = False
            await asyncio.sleep(next(pauses, PAUSES[-1]))

    async def _send_all(self, exchange: Any) -> None:
        """Send what there is and what comes; each is dropped when RabbitMQ has confirmed it."""
        self._is_connected = True
        while True:
            while self._kept:
                body = self._kept[0]
                message = aio_pika.Message(
                    body, content_type="application/json", delivery_mode=aio_pika.DeliveryMode.PERSISTENT
                )
                await exchange.publish(message, "", timeout=CONFIRM_SECONDS)
                if self._kept and self._kept[0] is body:  # else it was dropped meanwhile, being the oldest
                    self._kept.popleft()
                metrics.EVENTS_WAITING.set(len(self._kept))
            self._news.clear()
            await self._news.wait()


async def _exchange(connection: Any) -> Any:
    channel = await connection.channel(publisher_confirms=True)
    exchange = await channel.declare_exchange(EXCHANGE, aio_pika.ExchangeType.FANOUT, durable=True)
    queue = await channel.declare_queue(QUEUE, durable=True)
    await queue.bind(exchange, "")
    return exchange
