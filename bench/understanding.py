"""How long training takes (target 60 s) and one message (target 12 ms, median on one core).

Run: python bench/understanding.py        Trains into a temporary folder; prints seconds and milliseconds.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median, quantiles
from time import perf_counter, process_time

import yaml
from rasa.core.agent import Agent

from bot.server import latest_model, quiet_logs
from bot.settings import ROOT

TRAINING_S, MESSAGE_MS = 60, 12
TRAIN = """
import sys
sys.path.insert(0, ".")
from rasa.model_training import train
train("domain.yml", "config.yml", ["data"], output={out!r}, force_training=True)
"""


def training() -> tuple[float, float]:
    """Wall and processor seconds of one training from nothing, in a process of its own."""
    before, began = getrusage(RUSAGE_CHILDREN), perf_counter()
    with tempfile.TemporaryDirectory() as out:
        subprocess.run(
            [sys.executable, "-c", TRAIN.format(out=out)],
            cwd=ROOT,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    after = getrusage(RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return perf_counter() - began, used


async def messages() -> list[float]:
    """Processor milliseconds to understand each held-out sentence once."""
    agent = Agent.load(latest_model())
    files = sorted((ROOT / "tests" / "sentences").glob("*.yml"))
    groups = [yaml.safe_load(Path(file).read_text("utf-8")) for file in files]
    lines = [text for group in groups for text in group.get("sentences", ())]
    for text in lines[:50]:
        await agent.parse_message(text)
    spent = []
    for text in lines:
        began = process_time()
        await agent.parse_message(text)
        spent.append(1000 * (process_time() - began))
    return spent


def main() -> int:
    """Print both; 1 when a target is missed."""
    quiet_logs()
    wall, used = training()
    spent = asyncio.run(messages())
    middle, late = median(spent), quantiles(spent, n=20)[-1]
    sys.stdout.write(f"training: {wall:.0f} s by the clock, {used:.0f} s of processor (target {TRAINING_S} s)\n")
    sys.stdout.write(
        f"one message: median {middle:.1f} ms, 95 % within {late:.1f} ms, over {len(spent)} (target {MESSAGE_MS} ms)\n"
    )
    return int(wall > TRAINING_S or middle > MESSAGE_MS)


if __name__ == "__main__":
    sys.exit(main())
