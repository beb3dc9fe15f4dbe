"""``python -m bot simulate``: many conversations over several processes, a progress bar, a report."""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
from collections.abc import Iterable, Iterator
from multiprocessing import get_context
from pathlib import Path

from tqdm import tqdm  # Rasa brings it

from bot.server import quiet_logs
from bot.simulate.driver import Driver
from bot.simulate.report import Report
from bot.simulate.talk import TODAY, Outcome, hold

_worker: dict[str, Driver] = {}
"""The agent of a worker process, loaded once."""


def simulate(driver: Driver, numbers: Iterable[int], seed: int, goal: str = "record") -> list[Outcome]:
    """The conversations of ``numbers`` up to ``goal``, one after the other, in this process."""
    return [hold(driver, number, seed, goal) for number in numbers]


def _start(folder: str) -> None:
    quiet_logs()
    logging.getLogger().setLevel(logging.ERROR)
    _worker["driver"] = Driver(Path(tempfile.mkdtemp(dir=folder)), TODAY)


def _hold(job: tuple[int, int]) -> Outcome:
    number, seed = job
    return hold(_worker["driver"], number, seed)


def _held(users: int, seed: int, processes: int, folder: str) -> Iterator[Outcome]:
    with get_context("spawn").Pool(processes, _start, (folder,)) as pool:
        yield from pool.imap_unordered(_hold, ((number, seed) for number in range(users)))


def run(arguments: list[str]) -> int:
    """Hold the conversations, print the figures and write the worst conversations; 1 when a target is missed."""
    options = argparse.ArgumentParser(prog="python -m bot simulate")
    options.add_argument("--users", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--processes", type=int, default=2)
    options.add_argument("--worst", type=Path, help="file for the conversations with most to look at")
    asked = options.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        held = _held(asked.users, asked.seed, asked.processes, folder)
        bar = tqdm(held, total=asked.users, unit="person", disable=not sys.stderr.isatty())
        report = Report(sorted(bar, key=lambda one: one.number))
    sys.stdout.write(report.table() + "\n")
    if asked.worst:
        asked.worst.write_text(report.worst() + "\n", encoding="utf-8")
        sys.stdout.write(f"worst conversations: {asked.worst}\n")
    return 0 if report.share_in_time >= 0.95 and not (report.silences or report.loops or report.wrong_amounts) else 1
