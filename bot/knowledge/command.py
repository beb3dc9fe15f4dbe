"""``python -m bot facts``: list the facts, or those that have to be checked again."""

from __future__ import annotations

import argparse
import json
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date

from bot import clock
from bot.errors import KnowledgeError
from bot.knowledge.freshness import stale
from bot.knowledge.loader import load_catalog
from bot.knowledge.model import Fact

HEADERS = ("id", "grade", "expires", "statement")
_WIDE = "WF"


def run(argv: Sequence[str]) -> int:
    """Print the facts. 0 when all is well, 1 when ``--stale`` finds any, 2 when the files are wrong."""
    options = _parser().parse_args(argv)
    try:
        facts = list(load_catalog().facts.values())
    except KnowledgeError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if options.stale:
        facts = stale(facts, options.on or clock.today())
    sys.stdout.write(_as_json(facts) if options.json else _as_table(facts))
    return 1 if options.stale and facts else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot facts", description="List the facts that may be stated.")
    parser.add_argument("--stale", action="store_true", help="only facts that have to be checked again")
    parser.add_argument("--json", action="store_true", help="print JSON with every field")
    parser.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="the day --stale is judged on")
    return parser


def _as_json(facts: Iterable[Fact]) -> str:
    rows = [asdict(fact) for fact in facts]
    return json.dumps(rows, ensure_ascii=False, indent=2, default=str) + "\n"


def _as_table(facts: Iterable[Fact]) -> str:
    rows = [HEADERS, *((one.id, one.grade, one.expires_on.isoformat(), one.statement_zh) for one in facts)]
    widths = [max(_columns(row[i]) for row in rows) for i in range(len(HEADERS) - 1)]
    return "".join(_row(row, widths) for row in rows)


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [cell + " " * (width - _columns(cell)) for cell, width in zip(cells, widths, strict=False)]
    return "  ".join([*padded, cells[-1]]) + "\n"


def _columns(words: str) -> int:
    """Screen columns that ``words`` takes: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in _WIDE else 1 for char in words)
