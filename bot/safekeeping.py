"""What the server does by itself to keep what people told: deleting in time, and saying when the disk is readable."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from bot.channels.guarding import is_exposed
from bot.records.keys import keys
from bot.settings import Settings

log = logging.getLogger(__name__)

DAY = 24 * 3600.0


async def daily(work: Callable[[], Awaitable[Any]], pause: float = DAY) -> None:
    """Do ``work`` now and once every ``pause`` seconds; a failure is logged and tried again with the next round."""
    while True:
        try:
            done = await work()
            log.info("deleted in time: %s", done)
        except Exception as error:  # noqa: BLE001 (the next round has to come)
            log.error("what is old could not be deleted: %s", type(error).__name__)
        await asyncio.sleep(pause)


def warn_unsealed(given: Settings) -> None:
    """Say once when what is kept can be read on the disk. Raises ``SettingsError`` for keys that are no keys."""
    if keys().current is not None:
        return
    if is_exposed(given):
        log.warning("GUIDE_KEYS is not set: what people agree to keep is readable on the disk. docs/security.md")
    else:
        log.info("GUIDE_KEYS is not set: what is kept is readable on this machine's disk")
