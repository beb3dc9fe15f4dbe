"""``python -m bot plan case.json``: the one place of this package that reads and writes."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import NoReturn

from bot.errors import PlanInputError
from bot.plan import fields
from bot.plan.engine import Result, compute
from bot.plan.model import LONGEST, Option
from bot.plan.output import result_as_json
from bot.plan.parse import parse_case
from bot.plan.render import as_csv, as_png, tables

WRONG = 2
"""Exit status for wrong input."""


class _Parser(argparse.ArgumentParser):
    """Argument parser whose complaints are ``PlanInputError`` like every other wrong input."""

    given = ""
    """The arguments as they came."""

    def error(self, message: str) -> NoReturn:
        raise PlanInputError("arguments", self.given, message)


def run(argv: list[str]) -> int:
    """Run ``plan`` with the arguments after that word; 0, or 2 with one line on stderr and nothing written.

    ``case.json`` or ``-`` for standard input, then ``--table``, ``--csv OPTION_ID`` or ``--png OPTION_ID``,
    ``-o FILE`` (a picture needs one), and ``--periods N`` for further numbers of instalments.
    """
    try:
        options = _arguments(argv)
        result = compute(parse_case(_read(options.case)), asked_periods=options.periods)
        _write(options.output, _rendered(result, options))
    except PlanInputError as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return WRONG
    return 0


def _arguments(argv: list[str]) -> argparse.Namespace:
    parser = _Parser(prog="python -m bot plan", description="What a household can pay and ask for.")
    parser.given = " ".join(argv)
    parser.add_argument("case", help="a case as JSON, or - for standard input")
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--table", action="store_true", help="tables for people instead of JSON")
    kind.add_argument("--csv", metavar="OPTION_ID", help="one schedule as CSV, amounts in fen")
    kind.add_argument("--png", metavar="OPTION_ID", help="one schedule as a picture; needs -o")
    parser.add_argument("-o", "--output", metavar="FILE", help="where to write; standard output otherwise")
    parser.add_argument("--periods", metavar="N", action="append", default=[], help="also try N instalments")
    options = parser.parse_args(argv)
    if options.png and not options.output:
        parser.error("--png needs -o FILE")
    options.periods = [_periods(value) for value in options.periods]
    return options


def _periods(value: str) -> int:
    return fields.whole("--periods", int(value) if value.isdecimal() else value, 1, LONGEST)


def _read(source: str) -> object:
    """The JSON value in ``source``; a key that is there twice is wrong, as it would hide one of the two."""
    try:
        text = sys.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PlanInputError("case", source, f"cannot be read: {error}") from None
    try:
        return json.loads(text, object_pairs_hook=_object)
    except (ValueError, RecursionError) as error:
        raise PlanInputError("case", source, f"must be JSON: {error}") from None


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise PlanInputError(key, value, "must not be given twice")
        found[key] = value
    return found


def _rendered(result: Result, options: argparse.Namespace) -> bytes:
    if options.csv:
        return as_csv(_option(result, options.csv)).encode()
    if options.png:
        return as_png(_option(result, options.png))
    if options.table:
        return tables(result).encode()
    return (json.dumps(result_as_json(result), ensure_ascii=False, indent=2) + "\n").encode()


def _option(result: Result, option_id: str) -> Option:
    found = result.option(option_id)
    if found is None:
        raise PlanInputError("option", option_id, "must be the id of one of the options")
    return found


def _write(target: str | None, content: bytes) -> None:
    if target is None:
        sys.stdout.write(content.decode())
        return
    try:
        Path(target).write_bytes(content)
    except OSError as error:
        raise PlanInputError("output", target, f"cannot be written: {error}") from None
