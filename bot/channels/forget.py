"""What the messengers' channels remember of one person, deleted: offered choices, answers not yet delivered."""

from __future__ import annotations

import asyncio

from bot.channels.memory import Memory, slot
from bot.channels.stores import memory
from bot.settings import settings

KINDS = ("kept", "offered", "met", "slow")


async def drop_all(store: Memory, person: str) -> int:
    """Delete what ``store`` keeps of ``person`` (``channel:id``) and return how many things there were."""
    found = 0
    for kind in KINDS:
        found += await store.take(slot(kind, person)) is not None
    await store.never(person.partition(":")[0], slot("kept", person))
    return found


def forget_waiting(person: str) -> int:
    """The same where the settings say that the channels keep it."""
    return asyncio.run(_forget(person))


async def _forget(person: str) -> int:
    given = settings()
    store = memory(given.channels["CHANNELS_REDIS_URL"], given.var)
    found = await drop_all(store, person)
    await store.close()
    return found
