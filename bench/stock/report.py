"""docs/benchmark.md: the comparison as tables, with the machine it was measured on."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

import yaml

from bench.stock.figures import BOUNDS, Row, Run, compared, medians
from bench.stock.training import CONFIGS
from bot.settings import ROOT

PAGE = """# Against stock Rasa

Written by `make bench-stock`; not edited by hand. Every figure is the median of {runs} runs; both were measured
in turn, on the same machine: {machine}.

* **Stock** is what `rasa init` writes, with jieba, trained from our own data (`bench/stock/config.yml`): count vectors,
  DIET, TED and UnexpecTED, Memoization, rules. It runs as `rasa run`, with Rasa's SQL tracker store on SQLite, and
  `rasa run actions` with our actions. In its favour, sentences of more than 40 characters are left out for it and of
  DIET's hundred epochs {epochs} are waited for, or its training would take most of a day: a turn costs the same, and
  what training took is a lower bound.
* **Ours** is `python -m bot serve`. People agree in their second message to be stored, so both write every turn to
  SQLite.
* Both are real processes, spoken to over REST with the same messages (`bench/stock/says.yml`: {opening} to open, then
  one journey of {round} over and over). A turn at length 200 is the whole journey around the 200th message, so each
  length holds the same messages. Stock was trained once, ours {runs} times. Memory and processor time are those of all
  processes of an assistant.
* Other work on the machine was not kept away: compare the columns, not the milliseconds with another machine's.

## Ratios

{ratios}

{silent}

## Ours alone

{bounds}
"""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def verdict(is_reached: bool | None) -> str:
    """The last cell of a row."""
    return {True: "ok", False: "**missed**", None: ""}[is_reached]


def ratio_row(row: Row) -> list[str]:
    """A figure as cells."""
    figure = row.figure
    values = [f"{value:,.{figure.digits}f} {figure.unit}".strip() for value in (row.stock, row.ours)]
    target = "" if figure.times is None else f"≥ {figure.times:.3g} ×"
    return [figure.title, *values, f"{row.times:.1f} ×", target, verdict(row.is_reached)]


def bound_row(title: str, unit: str, seen: float, most: float) -> list[str]:
    """A target of ours alone as cells."""
    return [title, f"{seen:.2f} {unit}", f"≤ {most:g} {unit}", verdict(seen <= most)]


def machine() -> str:
    """Processor, cores, memory and versions."""
    told = [row.partition(":") for row in Path("/proc/cpuinfo").read_text("utf-8").splitlines()]
    processor = next((value.strip() for name, _, value in told if name.startswith("model name")), platform.machine())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    python = platform.python_version()
    return f"{os.cpu_count()} cores of {processor}, {memory:.0f} GiB, Python {python}, Rasa {version('rasa')}"


def epochs() -> int:
    """The epochs of DIET."""
    config = yaml.safe_load((ROOT / CONFIGS["stock"]).read_text("utf-8"))
    return next(int(one["epochs"]) for one in config["pipeline"] if one["name"] == "DIETClassifier")


def page(stock: Sequence[Run], ours: Sequence[Run], says: dict[str, list[str]]) -> str:
    """The whole page."""
    own, theirs = medians(ours), medians(stock)
    head = ("", "stock", "ours", "ours is better by", "target", "")
    bounds = [bound_row(bound.title, bound.unit, bound.of(own), bound.most) for bound in BOUNDS]
    return PAGE.format(
        runs=len(ours),
        machine=machine(),
        epochs=epochs(),
        opening=len(says["opening"]),
        round=len(says["round"]),
        ratios=table(head, map(ratio_row, compared(stock, ours))),
        silent=f"Turns without any answer: stock {theirs['silent']:.1%}, ours {own['silent']:.1%}.",
        bounds=table(("", "seen", "target", ""), bounds),
    )


def missed(stock: Sequence[Run], ours: Sequence[Run]) -> list[str]:
    """The targets that were not reached, by title."""
    own = medians(ours)
    rows = [row.figure.title for row in compared(stock, ours) if row.is_reached is False]
    return rows + [bound.title for bound in BOUNDS if bound.of(own) > bound.most]
