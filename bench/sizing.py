"""How much machine so many people need: measured here, reckoned up to a million people a month (`make sizing`)."""

from __future__ import annotations

import asyncio
import math
import platform
import resource
import sqlite3
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import fmean

from rasa.core.channels.channel import UserMessage
from tqdm import tqdm

from bench.stock.turns import SAYS, messages
from bot.server import load, quiet_logs
from bot.settings import ROOT, settings, use_folder

PEOPLE = 40
TURNS = 30
"""Of one person: the way to a record and some questions, as `python -m bot simulate` sees them."""
SAID_TO_RECORD = SAYS["record"]
"""What makes a record, after the conversation."""
USERS = (10_000, 100_000, 1_000_000)
BUSY_DAYS = 22
"""Days into which a month's people are reckoned: weekends are quieter."""
BUSY_HOUR = 0.12
"""The part of a day's turns that falls into its busiest hour."""
BURST = 2.0
"""The busiest minute against the busiest hour."""
LOAD = 0.6
"""How busy a worker may be, so that nobody waits long."""
KEPT = 0.7
"""People who agree to be kept."""
DAYS = 180
"""GUIDE_RETENTION_DAYS."""


@dataclass(frozen=True)
class Measured:
    """Of one worker and one person who agreed to be kept."""

    turn_seconds: float
    """Processor time of a turn."""
    memory: float
    """MiB at the peak."""
    rows: float
    size: float
    """KiB in both databases."""


async def talk() -> list[float]:
    """Let ``PEOPLE`` talk one after the other; processor seconds of each turn."""
    agent = await load(settings())
    took = []
    for number in tqdm(range(PEOPLE), disable=False):
        for text in (*messages(TURNS), *SAID_TO_RECORD):
            begun = time.process_time()
            await agent.handle_message(UserMessage(text, sender_id=f"person {number}", input_channel="rest"))
            took.append(time.process_time() - begun)
    return took


def stored(folder: Path) -> tuple[float, float]:
    """Rows and KiB of a person in the databases of ``folder``."""
    rows, size = 0, 0
    for file in ("conversations.db", "records.db"):
        with sqlite3.connect(folder / file) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            rows += sum(database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names)
        size += (folder / file).stat().st_size
    return rows / PEOPLE, size / PEOPLE / 1024


def measure() -> Measured:
    """Everything that is measured."""
    with tempfile.TemporaryDirectory() as folder:
        use_folder(Path(folder), date(2026, 11, 23))
        took = asyncio.new_event_loop().run_until_complete(talk())
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        return Measured(fmean(took), memory, *stored(Path(folder)))


def reckoned(found: Measured, users: int) -> list[str]:
    """A line of the table for ``users`` people a month."""
    a_day = users * (TURNS + len(SAID_TO_RECORD)) / BUSY_DAYS
    a_second = a_day * BUSY_HOUR * BURST / 3600
    workers = max(2, math.ceil(a_second * found.turn_seconds / LOAD))
    kept = users * KEPT * DAYS / 30
    return [
        f"{users:,}",
        f"{a_second:.1f}",
        str(workers),
        f"{workers * found.memory / 1024:.1f} GiB",
        f"{kept * found.rows / 1e6:,.1f} million",
        f"{kept * found.size / 1024 / 1024:,.1f} GiB",
    ]


def table(rows: Iterable[list[str]]) -> str:
    """Lines of a Markdown table."""
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def main() -> None:
    """Measure and write docs/sizing.md."""
    quiet_logs()
    found = measure()
    told = Path(__file__).with_name("sizing.md").read_text("utf-8")
    page = told.format(
        where=f"{platform.machine()}, Python {platform.python_version()}",
        people=PEOPLE,
        turns=TURNS + len(SAID_TO_RECORD),
        turn=f"{found.turn_seconds * 1000:.0f}",
        pace=f"{1 / found.turn_seconds:.0f}",
        memory=f"{found.memory:.0f}",
        rows=f"{found.rows:.0f}",
        size=f"{found.size:.0f}",
        busy_days=BUSY_DAYS,
        hour=f"{BUSY_HOUR:.0%}",
        burst=f"{BURST:g}",
        load=f"{LOAD:.0%}",
        kept=f"{KEPT:.0%}",
        days=DAYS,
        table=table(reckoned(found, users) for users in USERS),
    )
    (ROOT / "docs" / "sizing.md").write_text(page, "utf-8")


if __name__ == "__main__":
    main()
