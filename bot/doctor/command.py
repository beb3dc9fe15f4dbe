"""``python -m bot doctor [--online] [--json]``: 0 when nothing is wrong, else 1."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime, timezone
from pathlib import Path

from bot.clock import CHINA
from bot.doctor import machine
from bot.doctor.finding import Finding, wrong
from bot.errors import ChannelError, KnowledgeError, SettingsError
from bot.knowledge.loader import catalog
from bot.knowledge.model import Fact
from bot.settings import ROOT, Settings, environment, read_settings

MARKS = {"ok": "ok", "note": "note", "wrong": "WRONG"}


def run(arguments: list[str]) -> int:
    """Print the report."""
    parser = argparse.ArgumentParser(prog="python -m bot doctor", description="Check how the guide is set up.")
    parser.add_argument("--online", action="store_true", help="ask the messengers' platforms too")
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(arguments)
    found = list(examine(environment(), ROOT, is_online=options.online))
    sys.stdout.write(as_json(found) if options.json else as_text(found))
    return 1 if any(one.status == "wrong" for one in found) else 0


def examine(variables: Mapping[str, str], root: Path, *, is_online: bool) -> Iterator[Finding]:
    """All checks, one area after another; one that fails stops no other."""
    yield from machine.python()
    yield from machine.model(root)
    yield from machine.font()
    facts: list[Fact] = []
    try:
        facts = list(catalog().facts.values())
        yield from machine.facts_fresh(facts, datetime.now(CHINA).date())
    except KnowledgeError as error:
        yield wrong("facts", str(error).splitlines()[0], "run `make check`, which names every problem")
    try:
        given = read_settings(variables)
    except SettingsError as error:
        yield wrong("settings", str(error), "correct it; README.md has a table of all variables")
        return
    yield from machine.clock(datetime.now(timezone.utc), facts, given.today)
    yield from machine.disk(given.var)
    yield from machine.port(given)
    yield from _services(given, variables, root, is_online)


def _services(given: Settings, variables: Mapping[str, str], root: Path, is_online: bool) -> Iterator[Finding]:
    from bot.doctor import messengers, stores

    yield from stores.databases(given)
    try:
        blocks = messengers.switched_on(root / "credentials.yml")
    except ChannelError as error:
        yield wrong("channels", str(error), "correct the file; every block stands at the beginning of a line")
        return
    has_messengers = bool(messengers.OURS.keys() & blocks.keys())
    yield from stores.redis(given.channels["CHANNELS_REDIS_URL"], has_messengers)
    yield from messengers.address(given, messengers.is_reached_from_outside(blocks))
    yield from messengers.configured(blocks, given, variables)
    if is_online:
        yield from asyncio.run(messengers.online(messengers.made(blocks, given), given))


def as_text(found: Iterable[Finding]) -> str:
    """Lines for people; what to do stands below what was found."""
    rows, wrongs = [], 0
    for one in found:
        wrongs += one.status == "wrong"
        rows.append(f"{one.area:<10}{MARKS[one.status]:<7}{one.found}")
        if one.todo:
            rows.append(f"{'':<17}-> {one.todo}")
    rows.append("")
    rows.append(f"{wrongs} to put right." if wrongs else "All that is needed is there.")
    return "\n".join(rows) + "\n"


def as_json(found: Iterable[Finding]) -> str:
    """A list of objects: area, status, found, todo."""
    return json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1) + "\n"
