"""Answers that wait for the platform to take them: kept before they are sent, so that neither trouble nor an end of
the process loses any, and tried again by themselves.

A person's answers are one text list. They are said with the next answer, or earlier when the platform takes messages
again. What the platform will not take before the person has written is not tried.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field, replace

from bot.channels.memory import Memory, slot

KEEP_SECONDS = 48 * 3600
FIRST_PAUSE = 30.0
LONGEST_PAUSE = 3600.0
LEASE = 120.0
"""Seconds after which somebody else may take over what a process began to send."""


@dataclass(frozen=True)
class Box:
    """What is kept for one person, how often it was tried, and since when (seconds of the epoch) it is kept."""

    person: str
    pieces: tuple[str, ...] = ()
    tries: int = 0
    since: float = field(default_factory=time.time, compare=False)


class Outbox:
    """The answers of one channel."""

    def __init__(self, store: Memory, channel: str) -> None:
        self._store = store
        self._channel = channel

    async def keep(self, box: Box, after: float | None = LEASE) -> None:
        """Keep ``box`` in place of what was kept; hand it out in ``after`` seconds, or only to who asks for it."""
        key, left = self._slot(box.person), box.since + KEEP_SECONDS - time.time()
        if not box.pieces or left <= 0:
            await self._store.drop(key)
            await self._store.never(self._channel, key)
            return
        await self._store.put(key, json.dumps([box.person, list(box.pieces), box.tries, box.since]), left)
        if after is None:
            await self._store.never(self._channel, key)
        else:
            await self._store.later(self._channel, key, after)

    async def again(self, box: Box) -> None:
        """Keep ``box`` and hand it out later; the pauses grow from half a minute to an hour."""
        pause = min(FIRST_PAUSE * 2.0 ** min(box.tries, 10), LONGEST_PAUSE)
        await self.keep(replace(box, tries=box.tries + 1), pause)

    async def take(self, person: str) -> Box:
        """What is kept for ``person``, and keep it no longer."""
        return _read(await self._store.take(self._slot(person))) or Box(person)

    async def due(self) -> list[str]:
        """The people whose time has come."""
        found = []
        for key in await self._store.due(self._channel, LEASE):
            box = _read(await self._store.get(key))
            if box is None:
                await self._store.never(self._channel, key)
            else:
                found.append(box.person)
        return found

    def _slot(self, person: str) -> str:
        return slot("kept", f"{self._channel}:{person}")


def _read(kept: str | None) -> Box | None:
    if not kept:
        return None
    person, pieces, tries, since = json.loads(kept)
    return Box(person, tuple(pieces), tries, since)
