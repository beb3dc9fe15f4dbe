"""What the server does by itself: deleting once a day, and a word about a readable disk."""

from __future__ import annotations

import asyncio
import logging

import pytest

from bot import safekeeping
from bot.privacy.sealing import Keys
from bot.safekeeping import daily, warn_unsealed
from bot.settings import read_settings


async def test_a_failure_does_not_keep_the_next_round_from_coming(caplog: pytest.LogCaptureFixture) -> None:
    rounds: list[int] = []
    enough = asyncio.Event()

    async def work() -> int:
        rounds.append(1)
        if len(rounds) == 1:
            raise OSError("a secret word")
        enough.set()
        return len(rounds)

    task = asyncio.get_running_loop().create_task(daily(work, pause=0.0))
    await asyncio.wait_for(enough.wait(), 5)
    task.cancel()
    assert "OSError" in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.parametrize(
    ("host", "level"), [("127.0.0.1", logging.INFO), ("0.0.0.0", logging.WARNING)], ids=["own machine", "others"]
)
def test_a_readable_disk_is_said_once(
    host: str, level: int, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(safekeeping, "keys", lambda: Keys())
    caplog.set_level(logging.INFO)
    warn_unsealed(read_settings({"GUIDE_HOST": host}))
    assert [one.levelno for one in caplog.records] == [level]
