"""Where machines ask how we are: ``/livez`` and ``/readyz`` beside the bot; with ``/metrics`` on an address of its own.

The bot's own address is what people reach, perhaps through a proxy on the same machine, so it cannot be told from there
who is asking: it says no more than "ready" or "not ready". ``GUIDE_PRIVATE`` names an address that only our own
machines reach; there everything is told. Without it nothing is.
"""

from __future__ import annotations

from typing import Any

from aiohttp import web
from sanic.response import json as json_response

from bot import metrics
from bot.service.health import Health
from bot.settings import Settings

NO_STORE = {"Cache-Control": "no-store"}


def add_probes(app: Any, health: Health) -> None:
    """``/livez`` and ``/readyz`` on the bot's own address."""

    async def livez(_: Any) -> Any:
        return json_response({"status": "alive"}, headers=NO_STORE)

    async def readyz(_: Any) -> Any:
        is_ready = all((await health.look()).values())
        told = {"status": "ready" if is_ready else "not ready"}
        return json_response(told, status=200 if is_ready else 503, headers=NO_STORE)

    app.add_route(livez, "/livez", name="livez")
    app.add_route(readyz, "/readyz", name="readyz")


def watch(app: Any, given: Settings) -> None:
    """Let ``app`` be watched: the probes, the private address when there is one, ``app.ctx.health`` for who knows."""
    health = app.ctx.health = Health(given)
    private = Private(given.private, health) if given.private else None
    add_probes(app, health)

    async def begin(*_: Any) -> None:
        if private:
            await private.open()

    async def stop(*_: Any) -> None:
        health.is_stopping = True

    async def end(*_: Any) -> None:
        if private:
            await private.close()

    app.register_listener(begin, "before_server_start")
    app.register_listener(stop, "before_server_stop")
    app.register_listener(end, "after_server_stop")


class Private:
    """The server at ``GUIDE_PRIVATE``."""

    def __init__(self, address: tuple[str, int], health: Health) -> None:
        self._address = address
        self._health = health
        app = web.Application()
        app.router.add_get("/livez", self._livez)
        app.router.add_get("/readyz", self._readyz)
        app.router.add_get("/metrics", self._metrics)
        self._runner = web.AppRunner(app, access_log=None)

    async def open(self) -> None:
        """Begin to listen. Raises ``OSError`` when somebody else does there."""
        await self._runner.setup()
        await web.TCPSite(self._runner, *self._address).start()

    async def close(self) -> None:
        """Listen no longer."""
        await self._runner.cleanup()

    async def _livez(self, _: web.Request) -> web.Response:
        return web.json_response({"status": "alive"})

    async def _readyz(self, _: web.Request) -> web.Response:
        found = await self._health.look()
        return web.json_response(dict(found), status=200 if all(found.values()) else 503)

    async def _metrics(self, _: web.Request) -> web.Response:
        return web.Response(body=metrics.exposition(), headers={"Content-Type": "text/plain; version=0.0.4"})
