"""Compare this assistant with a stock one of the same data: ``python -m bench.stock``; writes docs/benchmark.md.

--runs N        runs of each assistant (3)          --talks N    long conversations a run (3)
--seconds N     of each number of clients (15)      --only-ours  a quick look at ours, nothing is written
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
from pathlib import Path

from bench.stock.report import missed, page
from bench.stock.servers import running
from bench.stock.training import Trained, train, trained
from bench.stock.turns import CLIENTS, LONGEST, SAYS, Driver, pace
from bot.settings import ROOT

PAGE = ROOT / "docs" / "benchmark.md"


def serve(name: str, model: str, told: argparse.Namespace) -> dict[str, float]:
    """One run of an assistant: what it showed while it served."""
    with tempfile.TemporaryDirectory() as folder, running(name, model, Path(folder)) as assistant:
        driver, found = Driver(assistant.url), {"first_answer": assistant.first_answer}
        empty, used = assistant.stored(), assistant.processor()
        talks = asyncio.run(driver.long(told.talks, told.turns))
        turns = sum(len(talk.seconds) for talk in talks)
        found |= pace(talks)
        found["turn_processor"] = 1000 * (assistant.processor() - used) / turns
        found["silent"] = sum(talk.silent for talk in talks) / turns
        found["stored"] = (assistant.stored() - empty) / turns
        for clients in CLIENTS:
            found[f"pace_{clients}"] = asyncio.run(driver.many(clients, told.seconds))
        found["memory"] = assistant.peak()
    return found


def training(name: str, run: int) -> tuple[str, dict[str, float]]:
    """The model of an assistant and what its training took; ours is trained anew for every run, stock is kept."""
    if run and name == "ours":
        with tempfile.TemporaryDirectory() as folder:
            found = train(name, Path(folder))
    else:
        found = trained(name)
    return found.model, took(found)


def took(found: Trained) -> dict[str, float]:
    """A training as figures."""
    return {"training_wall": found.wall, "training_processor": found.processor, "training_peak": found.peak}


def main() -> int:
    """Run it; 1 when a target was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--talks", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=15.0)
    parser.add_argument("--turns", type=int, default=LONGEST)
    parser.add_argument("--only-ours", action="store_true")
    told = parser.parse_args()
    if told.only_ours:
        print(json.dumps(serve("ours", "", told), indent=1))
        return 0
    seen: dict[str, list[dict[str, float]]] = {"stock": [], "ours": []}
    for run in range(told.runs):
        for name, runs in seen.items():
            model, spent = training(name, run)
            runs.append(spent | serve(name, model, told))
            print(f"run {run + 1}, {name}: {json.dumps(runs[-1])}", flush=True)
        # After each run, so that a long comparison that is stopped has not been for nothing.
        PAGE.write_text(page(seen["stock"], seen["ours"], SAYS), "utf-8")
    wrong = missed(seen["stock"], seen["ours"])
    print(f"{PAGE.relative_to(ROOT)} written;", "missed: " + ", ".join(wrong) if wrong else "every target is reached")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
