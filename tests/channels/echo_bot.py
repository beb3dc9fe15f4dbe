"""A tiny bot behind the real channels: what the page and the socket are tested against.

The server is the one Rasa builds (``rasa.core.run.configure_app``) with the project's two channels; only the
agent is ours. It says what ``says.json`` has for a message, ``card plan`` and so on what ``cards.json``
has, and otherwise repeats the message.

    python -m tests.channels.echo_bot 8765 [origins]    serve it behind the real guards, open to those origins;
                                                        GET /heard lists what the agent was given
"""

from __future__ import annotations

import asyncio
import copy
import dataclasses
import json
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from rasa.core.run import configure_app
from rasa.core.tracker_store import InMemoryTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet
from sanic import Sanic
from sanic.response import json as json_response

from bot.channels.guarding import guard
from bot.channels.page import Page
from bot.channels.socket import WebChat
from bot.settings import ROOT, settings

SAYS: dict[str, list[dict[str, Any]]] = json.loads(Path(__file__).with_name("says.json").read_text("utf-8"))
CARDS: dict[str, dict[str, Any]] = json.loads(Path(__file__).with_name("cards.json").read_text("utf-8"))


@lru_cache(maxsize=1)
def domain() -> Domain:
    """The project's own, whose slots say how far a conversation is."""
    return Domain.load(str(ROOT / "domain.yml"))


class EchoAgent:
    """What of Rasa's agent the channels use: the method that is handed messages, and where conversations are kept."""

    def __init__(self) -> None:
        self.tracker_store: TrackerStore = InMemoryTrackerStore(domain())
        self.heard: list[dict[str, Any]] = []
        self.busy: dict[str, int] = {}
        self.overlapped = False

    async def handle_message(self, message: Any) -> None:
        self.overlapped = self.overlapped or self.busy.get(message.sender_id, 0) > 0
        self.busy[message.sender_id] = self.busy.get(message.sender_id, 0) + 1
        try:
            await self.answer(message)
        finally:
            self.busy[message.sender_id] -= 1

    async def answer(self, message: Any) -> None:
        out, to, text = message.output_channel, message.sender_id, message.text
        self.heard.append({"text": text, "sender": to, "metadata": message.metadata})
        if text == "fail":
            raise RuntimeError("told to fail")
        if text == "half fail":
            await out.send_response(to, {"text": "said too early"})
            raise RuntimeError("told to fail")
        if text.startswith("earns "):  # and what was said goes on as usual
            tracker = await self.tracker_store.get_or_create_tracker(to)
            tracker.update(SlotSet("budget_income_fen", int(text.split()[1]) * 100))
            await self.tracker_store.save(tracker)
        if "silent" in text:
            return
        if text.startswith("wait "):
            await asyncio.sleep(float(text.split()[1]))
        if text == "custom":
            await out.send_response(to, {"custom": {"kind": "card", "room": "elsewhere"}})
            return
        if text == "card":
            buttons = [{"title": "one", "payload": "1"}]
            await out.send_response(to, {"text": "first\n\nlast", "buttons": buttons, "custom": {"type": "plan"}})
            return
        if text == "image":
            await out.send_response(to, {"image": "/chat/nothing.png"})
            return
        if text.startswith("card "):
            await out.send_response(to, copy.deepcopy(CARDS[text.split()[1]]))
            return
        for said in SAYS.get(text, [{"text": f"echo: {text if len(text) < 500 else len(text)}"}]):
            await out.send_response(to, dict(said))


def build(
    chat: WebChat | None = None, channels: list[Any] | None = None, agent: Any = None, cors: list[str] | None = None
) -> tuple[Any, Any]:
    """The server with the project's two channels, or with ``channels``, and its agent."""
    Sanic._app_registry.clear()
    Sanic.test_mode = True  # without it Sanic cannot start a second application in one process
    app = configure_app(channels or [chat or WebChat(), Page()], cors, None, enable_api=False, use_uvloop=False)
    app.config.RESPONSE_TIMEOUT = 120
    agent = agent or EchoAgent()
    app.ctx.agent = agent

    async def heard(_: Any) -> Any:
        return json_response(getattr(agent, "heard", []))

    app.add_route(heard, "/heard")
    return app, agent


@asynccontextmanager
async def serving(
    chat: WebChat | None = None,
    channels: list[Any] | None = None,
    agent: Any = None,
    prepare: Any = None,
    cors: list[str] | None = None,
) -> AsyncIterator[tuple[str, Any]]:
    """The server on a loopback port in the running event loop: its address and its agent."""
    app, agent = build(chat, channels, agent, cors)
    if prepare:
        prepare(app)
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = await app.create_server(sock=listening, return_asyncio_server=True, access_log=False)
    assert server is not None
    await server.startup()
    await server.before_start()
    await server.after_start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", agent
    finally:
        await server.before_stop()
        server.close()
        await server.wait_closed()
        await server.after_stop()


if __name__ == "__main__":
    served, _ = build(WebChat(cors_origins=sys.argv[2:]), cors=sys.argv[2:])
    guard(served, dataclasses.replace(settings(), cors=tuple(sys.argv[2:])))
    served.run("127.0.0.1", int(sys.argv[1]), access_log=False)
