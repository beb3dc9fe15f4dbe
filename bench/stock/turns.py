"""People who talk to a running assistant over REST: long conversations, and many at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, count, cycle, islice
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import aiohttp
import yaml

SAYS: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("says.yml").read_text("utf-8"))
LENGTHS = (10, 50, 200)
CLIENTS = (1, 8, 64)
FRESH = 20
"""Turns of one conversation while many talk; then somebody new comes."""
ROUND = len(SAYS["round"])


def messages(turns: int) -> Iterator[str]:
    """What one person says in so many turns."""
    return islice(chain(SAYS["opening"], cycle(SAYS["round"])), turns)


def around(length: int) -> slice:
    """The turns at a length of the conversation: one whole round, so each message is in it once at any length."""
    return slice(length - ROUND // 2, length - ROUND // 2 + ROUND)


LONGEST = around(max(LENGTHS)).stop
"""Turns of a conversation that has every length in it."""


@dataclass
class Talk:
    """Seconds of each turn, in order, and how many got no answer."""

    seconds: list[float] = field(default_factory=list)
    silent: int = 0


class Driver:
    """Talks to the assistant at ``url``; every conversation is somebody else's."""

    def __init__(self, url: str) -> None:
        self.url, self.people = url, count()

    async def talk(self, http: Any, turns: int, until: float = float("inf")) -> Talk:
        """One conversation of so many turns, or until the moment ``until``."""
        talk, sender = Talk(), f"bench-{next(self.people)}"
        for text in messages(turns):
            begun = time.perf_counter()
            async with http.post("/webhooks/rest/webhook", json={"sender": sender, "message": text}) as answer:
                answer.raise_for_status()
                talk.silent += not await answer.json()
            talk.seconds.append(time.perf_counter() - begun)
            if time.perf_counter() > until:
                break
        return talk

    async def long(self, conversations: int, turns: int = LONGEST) -> list[Talk]:
        """Conversations of so many turns, one after the other."""
        async with self._http() as http:
            return [await self.talk(http, turns) for _ in range(conversations)]

    async def many(self, clients: int, seconds: float) -> float:
        """Turns a second while so many people talk at once."""
        async with self._http() as http:
            begun = time.perf_counter()
            talks = await asyncio.gather(*(self._client(http, begun + seconds) for _ in range(clients)))
            return sum(talks) / (time.perf_counter() - begun)

    async def _client(self, http: Any, until: float) -> int:
        said = 0
        while time.perf_counter() < until:
            said += len((await self.talk(http, FRESH, until)).seconds)
        return said

    def _http(self) -> Any:
        limits = aiohttp.TCPConnector(limit=0)
        return aiohttp.ClientSession(self.url, connector=limits, timeout=aiohttp.ClientTimeout(total=300))


def pace(talks: list[Talk]) -> dict[str, float]:
    """Milliseconds of a turn, p50 and p95, at each length that was reached."""
    found = {}
    for length in LENGTHS:
        if any(len(talk.seconds) < around(length).stop for talk in talks):
            continue
        spent = [1000 * one for talk in talks for one in talk.seconds[around(length)]]
        found[f"turn_{length}_p50"] = median(spent)
        found[f"turn_{length}_p95"] = quantiles(spent, n=20, method="inclusive")[-1]
    return found
