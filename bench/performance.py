"""Where a turn's time goes, with Rasa's own way beside ours: writes docs/performance.md (`make performance`).

Both are the same model, actions and messages in this process, on SQLite: once with Rasa's message processor, its SQL
tracker store and an engine that forgets what it worked out, once as ``python -m bot serve`` has it.
"""

from __future__ import annotations

import asyncio
import cProfile
import os
import platform
import pstats
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.tracker_store import SQLTrackerStore
from tqdm import tqdm

from bench.stock.turns import LENGTHS, ROUND, around, messages
from bot.actions_in_process import InProcessActions
from bot.confidential import Confidential
from bot.journey import computing
from bot.nlg import Replies
from bot.server import latest_model, load, quiet_logs
from bot.settings import ROOT, settings, use_folder

LONGEST = around(max(LENGTHS)).stop
PEOPLE = 3
PARTS: dict[str, tuple[str, ...]] = {
    "reading the conversation": ("tracker_store.py:get_or_create_tracker",),
    "understanding the message": ("processor.py:parse_message",),
    "choosing the next action, about three times": ("processor.py:_predict_next_with_tracker",),
    "checking actions' answers against the schema": ("action.py:_validate_action_result",),
    "the plan engine": ("engine.py:compute",),
    "our actions without the engine": ("base.py:run",),
    "storing what is new": ("processor.py:save_tracker",),
}
"""Parts of a turn and the functions, by file and name, whose time they are."""
WITHIN = {"our actions without the engine": "the plan engine"}
OURS = {"checking actions' answers against the schema": "processor.py:_validate_action_result"}


def rasas(folder: Path) -> Any:
    """The same bot with Rasa's processor and store."""
    computing._result = computing._result.__wrapped__  # type: ignore[assignment, attr-defined]
    store = SQLTrackerStore(domain=None, dialect="sqlite", db=str(folder / "rasa.db"))
    agent = Agent(generator=Replies(), tracker_store=store, action_endpoint=InProcessActions())
    agent.load_model(latest_model())
    return Confidential(agent)


async def talk(agent: Any, person: str, profile: cProfile.Profile | None, bar: Any) -> list[float]:
    """Milliseconds of each turn of one long conversation; the last round is taken into ``profile``, which slows it."""
    took = []
    for number, text in enumerate(islice(messages(LONGEST), LONGEST)):
        if profile and number == LONGEST - ROUND:
            profile.enable()
        begun = time.perf_counter()
        await agent.handle_message(UserMessage(text, sender_id=person, input_channel="rest"))
        took.append((time.perf_counter() - begun) * 1000)
        bar.update()
    if profile:
        profile.disable()
    return took


async def measured(agent: Any, title: str) -> tuple[list[list[float]], dict[str, float]]:
    """Turns of some people, and what each part of a turn at the greatest length takes, in percent of it."""
    profile = cProfile.Profile()
    with tqdm(total=LONGEST * (PEOPLE + 1), desc=title, disable=False) as bar:
        took = [await talk(agent, f"{title} {number}", None, bar) for number in range(PEOPLE)]
        await talk(agent, f"{title} profiled", profile, bar)
    return took, shares(profile)


def shares(profile: cProfile.Profile) -> dict[str, float]:
    """The part of the turn that each of ``PARTS`` takes, in percent; the rest last."""
    told = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    spent: dict[str, float] = {}
    for (file, _, name), (_, _, _, cumulative, _) in told.items():
        key = f"{Path(file).name}:{name}"
        spent[key] = spent.get(key, 0.0) + cumulative
    whole = spent["confidential.py:handle_message"]
    found = {part: sum(spent.get(name, 0.0) for name in names) for part, names in PARTS.items()}
    for part, name in OURS.items():
        found[part] += spent.get(name, 0.0)
    for outer, inner in WITHIN.items():
        found[outer] -= found[inner]
    found["the rest: trackers, forms, events, replies"] = whole - sum(found.values())
    return {part: seconds / whole * 100 for part, seconds in found.items()}


def row(cells: Sequence[str]) -> str:
    """The cells as a line of a Markdown table."""
    return f"| {' | '.join(cells)} |"


def page(before: Any, after: Any) -> str:
    """The whole page."""
    turns = [
        "| Turn at length | Rasa's way, p50 | p95 | ours, p50 | p95 | times less |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for length in LENGTHS:
        cut = [[one for took in runs for one in took[around(length)]] for runs in (before[0], after[0])]
        middle = [median(one) for one in cut]
        tail = [quantiles(one, n=20)[-1] for one in cut]
        told = [f"{value:.0f} ms" for pair in zip(middle, tail, strict=True) for value in pair]
        turns.append(row([str(length), *told, f"{middle[0] / middle[1]:.1f} ×"]))
    last = [median(one for took in runs for one in took[around(max(LENGTHS))]) for runs in (before[0], after[0])]
    parts = ["| Part of a turn | Rasa's way | | ours | |", "|---|---:|---:|---:|---:|"]
    for part in before[1]:
        cells = [(told[1][part], told[1][part] * at / 100) for told, at in zip((before, after), last, strict=True)]
        parts.append(row([part, *(text for share, ms in cells for text in (f"{share:.0f} %", f"{ms:.1f} ms"))]))
    told = Path(__file__).with_name("performance.md").read_text("utf-8")
    where = f"{len(os.sched_getaffinity(0))} cores, Python {platform.python_version()}, Rasa {version('rasa')}"
    return told.format(
        where=where, load=f"{os.getloadavg()[0]:.1f}", people=PEOPLE, longest=max(LENGTHS),
        turns="\n".join(turns), parts="\n".join(parts),
    )  # fmt: skip


def main() -> None:
    """Measure both and write the page."""
    quiet_logs()
    with tempfile.TemporaryDirectory() as folder:
        use_folder(Path(folder), date(2026, 11, 23))
        loop = asyncio.new_event_loop()
        after = loop.run_until_complete(measured(loop.run_until_complete(load(settings())), "ours"))
        before = loop.run_until_complete(measured(rasas(Path(folder)), "Rasa's way"))
    (ROOT / "docs" / "performance.md").write_text(page(before, after), "utf-8")


if __name__ == "__main__":
    main()
