"""People who talk to a cluster, send again what was not answered, and what is stored of them afterwards."""

from __future__ import annotations

import asyncio
import hashlib
import json
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import socketio
from redis import Redis
from sqlalchemy import create_engine, text

from tests.reliability.cluster import TOKEN, Cluster

PATIENCE = 150.0
"""Seconds in which a message has to be answered, failures in between and all."""
PAUSE = 0.3


@dataclass
class Message:
    """One message, as its person sees it."""

    text: str
    id: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    answers: list[str] = field(default_factory=list)
    tries: int = 0
    refused: list[str] = field(default_factory=list)
    """What was said instead of an answer."""
    broken: int = 0
    """How often the connection ended without a word."""
    seconds: float = 0.0


@dataclass
class Person:
    """Who says ``says`` one after another, or all at once (``is_hasty``)."""

    number: int
    keeps: bool
    says: list[Message]
    name: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    is_hasty: bool = False

    @property
    def ids(self) -> list[str]:
        return [message.id for message in self.says]


def person(number: int, keeps: bool | None = None) -> Person:
    """Somebody with numbers of their own, so that no answer can be another's."""
    keeps = number % 3 != 0 if keeps is None else keeps
    says = ["/greet", "同意保存" if keeps else "先不保存", "收入减少，花呗4000还不上"]
    says += [f"工资{5000 + number}", f"{1000 + number}", f"{800 + number}"]
    return Person(number, keeps, [Message(told) for told in says])


Rest = Callable[[Person, Message], Any]


async def talk_over_rest(cluster: Cluster, people: Sequence[Person], pause: float = 0.0) -> None:
    """All of ``people`` at once; each message goes to whichever worker the balancer chooses."""
    limit = aiohttp.TCPConnector(limit=0, force_close=True)
    async with aiohttp.ClientSession(connector=limit, timeout=aiohttp.ClientTimeout(total=90)) as http:

        async def all_of(one: Person) -> None:
            if one.is_hasty:
                await asyncio.gather(*(say(http, cluster.url, one, message) for message in one.says))
                return
            for message in one.says:
                await say(http, cluster.url, one, message)
                await asyncio.sleep(pause)

        await asyncio.gather(*(all_of(one) for one in people))


async def say(http: aiohttp.ClientSession, url: str, one: Person, message: Message) -> None:
    """Send ``message`` until it is answered, as a program should that wants to be heard once."""
    body = {"sender": one.name, "message": message.text, "id": message.id}
    headers = {"Authorization": f"Bearer {TOKEN}"}
    began = time.monotonic()
    while True:
        message.tries += 1
        assert time.monotonic() - began < PATIENCE, f"{message.text}: not answered, but {message.refused[-3:]}"
        try:
            async with http.post(f"{url}/webhooks/rest/webhook", json=body, headers=headers) as answer:
                told = json.loads(await answer.read())
                if answer.status == 200 and answer.headers.get("X-Guide-Answered") != "no":
                    message.answers = [str(said.get("text")) for said in told]
                    message.seconds = time.monotonic() - began
                    return
                message.refused.append(told[0]["text"] if isinstance(told, list) else told.get("text") or told["error"])
        except (aiohttp.ClientError, asyncio.TimeoutError):
            message.broken += 1
        await asyncio.sleep(PAUSE)


class Page:
    """The page of the web chat, in short: keeps a message until it is accepted, sends it again when it comes back."""

    def __init__(self, cluster: Cluster, one: Person) -> None:
        self.url, self.one = cluster.url, one
        self.outbox: dict[str, Message] = {}
        self.frames: dict[str, str] = {}
        self.twice = 0
        self.refused: list[str] = []
        self.client = socketio.AsyncClient(reconnection_delay=0.2, reconnection_delay_max=1)
        for event in ("connect", "session_confirm", "bot_uttered", "user_accepted", "channel_error"):
            self.client.on(event, getattr(self, f"_{event}"))

    async def talk(self) -> None:
        """Say everything at once; done when all is accepted."""
        self.outbox = {message.id: message for message in self.one.says}
        await self.client.connect(self.url, socketio_path="/socket.io", transports=["websocket"])
        began = time.monotonic()
        while self.outbox:
            assert time.monotonic() - began < PATIENCE, f"{len(self.outbox)} not accepted, {self.refused[-3:]}"
            await asyncio.sleep(0.05)
        await self.client.disconnect()

    async def _send(self, message: Message) -> None:
        message.tries += 1
        if self.client.connected:
            await self.client.emit("user_uttered", {"id": message.id, "message": message.text})

    async def _connect(self) -> None:
        last = list(self.frames)[-1] if self.frames else None
        await self.client.emit("session_request", {"session_id": self.one.name, "last_id": last})

    async def _session_confirm(self, _: Any) -> None:
        for message in list(self.outbox.values()):
            await self._send(message)

    async def _bot_uttered(self, frame: dict[str, Any]) -> None:
        self.twice += frame["id"] in self.frames
        self.frames[frame["id"]] = str(frame.get("text"))

    async def _user_accepted(self, told: dict[str, Any]) -> None:
        self.outbox.pop(told["id"], None)

    async def _channel_error(self, told: dict[str, Any]) -> None:
        self.refused.append(told.get("text") or told["code"])
        message = self.outbox.get(str(told.get("id")))
        if message is not None:
            message.refused.append(self.refused[-1])
            await asyncio.sleep(PAUSE)
            await self._send(message)


async def talk_on_pages(cluster: Cluster, people: Sequence[Person]) -> list[Page]:
    """All of ``people`` at once, each on a page of their own."""
    if not hasattr(aiohttp, "ClientWSTimeout"):  # engineio's client wants it, aiohttp 3.9 lacks it
        aiohttp.ClientWSTimeout = lambda ws_close: ws_close  # type: ignore[attr-defined]
    pages = [Page(cluster, one) for one in people]
    await asyncio.gather(*(page.talk() for page in pages))
    return pages


# --- what is stored -----------------------------------------------------------------------------------------------


def stored(cluster: Cluster, people: Sequence[Person]) -> dict[str, list[dict[str, Any]]]:
    """The events of each person, in order, from wherever they are kept."""
    found: dict[str, list[dict[str, Any]]] = {one.name: [] for one in people}
    engine = create_engine(cluster.database)
    with engine.connect() as connection:
        for name, data in connection.execute(text("SELECT sender_id, data FROM events ORDER BY id")):
            if name in found:
                found[name].append(json.loads(data))
    engine.dispose()
    if cluster.redis is not None:
        with Redis.from_url(cluster.settings["CHANNELS_REDIS_URL"]) as redis:
            for one in people:
                kept = redis.get("guide:unsaved:" + hashlib.sha256(one.name.encode()).hexdigest())
                if kept:
                    assert not found[one.name], "either kept or not"
                    found[one.name] = json.loads(kept)
    return found


def faults(cluster: Cluster, people: Sequence[Person]) -> list[str]:
    """What is wrong with what is stored: messages lost, doubled, out of order, without an answer, or mixed up."""
    wrong = []
    events = stored(cluster, people)
    for one in people:
        mine = events[one.name]
        ids = [event["message_id"] for event in mine if event["event"] == "user"]
        expected = sorted(one.ids) if one.is_hasty else one.ids
        if (sorted(ids) if one.is_hasty else ids) != expected:
            lost, more = set(one.ids) - set(ids), len(ids) - len(set(ids))
            wrong.append(f"person {one.number}: {len(lost)} lost, {more} doubled, order {ids == one.ids}")
        if not one.is_hasty:
            slots = {event["name"]: event["value"] for event in mine if event["event"] == "slot"}
            has = (slots.get("budget_income_fen"), slots.get("budget_housing_fen"))
            if has != ((5000 + one.number) * 100, (1000 + one.number) * 100):
                wrong.append(f"person {one.number}: understood {has}")
        wrong += [f"person {one.number}: {found}" for found in _silent(mine)]
    return wrong


def _silent(events: Sequence[dict[str, Any]]) -> list[str]:
    """Messages after which the bot said nothing before the next one."""
    found, waiting = [], None
    for event in events:
        if event["event"] == "user":
            if waiting is not None:
                found.append(f"no answer to message {waiting}")
            waiting = event["message_id"]
        elif event["event"] == "bot":
            waiting = None
    return [*found, f"no answer to message {waiting}"] if waiting is not None else found
