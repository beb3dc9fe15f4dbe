"""What the messengers' channels remember of one person, deleted: offered choices, answers not yet delivered."""

from __future__ import annotations

import asyncio

from bot.channels.memory import slot
from bot.channels.stores import memory
from bot.settings import settings

KINDS = ("kept", "offered", "met", "turn", "slow")


def forget_waiting(person: str) -> int:
    """Delete what is kept of ``person`` (``channel:id``) and return how many things there were."""
    return asyncio.run(_forget(person))


async def _forget(person: str) -> int:
    given = settings()
    store, found = memory(given.channels["CHANNELS_REDIS_URL"], given.var), 0
    for kind in KINDS:
        found += await store.take(slot(kind, person)) is not None
    await store.never(person.partition(":")[0], slot("kept", person))
    await store.close()
    return found
