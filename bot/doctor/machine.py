"""This machine: Python, the model, the disk, the port, the clock, the font, the facts."""

from __future__ import annotations

import shutil
import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bot.doctor.finding import Finding, note, ok, wrong
from bot.knowledge.freshness import stale
from bot.knowledge.model import Fact
from bot.settings import Settings

PYTHON = (3, 10)
RASA = "3.6.21"
TRAINED_FROM = ("config.yml", "domain.yml", "data", "bot/components", "bot/reading", "bot/knowledge")
"""As in the Makefile: what makes a model old when it changes."""
SOURCES = (".yml", ".py")
SOON = timedelta(days=30)
MEGABYTE = 1024 * 1024
LEAST_FREE = 200 * MEGABYTE
LITTLE_FREE = 1024 * MEGABYTE
ANSWER_SECONDS = 3.0


def python(running: tuple[int, ...] = sys.version_info[:3]) -> Iterator[Finding]:
    """Rasa 3.6 runs on one Python only."""
    told = ".".join(map(str, running))
    if running[:2] == PYTHON:
        yield ok("python", told)
    else:
        yield wrong("python", f"{told}; Rasa {RASA} needs 3.10", "run it with .venv/bin/python, or `make chat`")
    try:
        found = version("rasa")
    except PackageNotFoundError:
        yield wrong("python", "Rasa is not installed", "run `make chat`, which installs everything")
        return
    if found != RASA:
        yield wrong("python", f"Rasa {found}, not {RASA}", "run `rm .venv/.runtime` and `make chat`")


def model(root: Path) -> Iterator[Finding]:
    """There is a trained model, and it is newer than what it is trained from."""
    models = sorted((root / "models").glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    if not models:
        yield wrong("model", "no trained model in models/", "run `make train` (about a minute)")
        return
    newest, made = models[-1].name, models[-1].stat().st_mtime
    later = [path for path in _sources(root) if path.stat().st_mtime > made]
    if later:
        changed = max(later, key=lambda path: path.stat().st_mtime).relative_to(root)
        yield wrong("model", f"{newest} is older than {changed}", "run `make train` (about a minute)")
    else:
        yield ok("model", newest)


def _sources(root: Path) -> Iterator[Path]:
    for name in TRAINED_FROM:
        path = root / name
        if path.is_file():
            yield path
        else:
            yield from (found for found in path.rglob("*") if found.suffix in SOURCES and found.is_file())


def disk(folder: Path) -> Iterator[Finding]:
    """The folder of the databases can be written to and has room."""
    there = next(path for path in (folder, *folder.parents) if path.exists())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".doctor"
        probe.write_bytes(b"x")
        probe.unlink()
    except OSError as error:
        yield wrong("disk", f"{folder} cannot be written to ({error.strerror})", "give the bot's user the folder")
        return
    free = shutil.disk_usage(there).free
    told = f"{folder}: {free // MEGABYTE:,} MB free"
    if free < LEAST_FREE:
        yield wrong("disk", told, "free some space: the databases stop when it is full")
    elif free < LITTLE_FREE:
        yield note("disk", told, "free some space soon")
    else:
        yield ok("disk", told)


def port(given: Settings) -> Iterator[Finding]:
    """Nobody else listens where the bot is to listen."""
    where = f"{given.host}:{given.port}"
    with socket.socket(socket.AF_INET6 if ":" in given.host else socket.AF_INET) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((given.host, given.port))
        except OSError as error:
            if _is_the_guide(given):
                yield ok("port", f"{where}: the guide is running")
            else:
                yield wrong("port", f"{where}: {error.strerror}", "stop what listens there, or set GUIDE_PORT")
            return
    yield ok("port", f"{where} is free")


def _is_the_guide(given: Settings) -> bool:
    host = "127.0.0.1" if given.host in ("0.0.0.0", "::", "") else given.host
    try:
        with urllib.request.urlopen(f"http://{host}:{given.port}/webhooks/rest/", timeout=ANSWER_SECONDS) as answer:
            return bool(answer.status == 200)
    except (OSError, ValueError):
        return False


def clock(now: datetime, facts: Iterable[Fact], fixed: date | None) -> Iterator[Finding]:
    """Signatures are good for some minutes, so the clock must be right; it cannot be before a fact was checked."""
    checked = max((fact.checked_on for fact in facts), default=date.min)
    told = f"{now:%Y-%m-%d %H:%M} UTC"
    if now.date() < checked - timedelta(days=1):
        yield wrong("clock", f"{told} is before the facts were checked ({checked})", "set the clock, or run NTP")
    else:
        yield ok("clock", told)
    if fixed is not None:
        yield note("clock", f"GUIDE_TODAY fixes the day at {fixed}", "unset it unless this is a demonstration")


def facts_fresh(facts: Iterable[Fact], on: date) -> Iterator[Finding]:
    """No fact has expired; those that expire soon are named."""
    known = list(facts)
    old, soon = stale(known, on), stale(known, on + SOON)
    coming = [fact for fact in soon if fact not in old]
    see = "`python -m bot facts --stale` lists them: check the source, set checked and expires anew"
    if old:
        yield wrong("facts", f"{len(old)} of {len(known)} have expired, {old[0].id} first", see)
    if coming:
        told = f"{len(coming)} of {len(known)} expire within 30 days, {coming[0].id} on {coming[0].expires_on}"
        yield note("facts", told, see)
    if not old and not coming:
        yield ok("facts", f"{len(known)}, none expires within 30 days")


def font() -> Iterator[Finding]:
    """The papers' font is there and sets Chinese."""
    from bot.papers.picture import draw

    try:
        draw({"title": "x", "offers": [{"title": "x"}]})
    except (RuntimeError, OSError) as error:
        yield wrong("papers", f"cannot be set ({type(error).__name__})", "run `rm .venv/.runtime` and `make chat`")
        return
    yield ok("papers", "the font and the typesetter work")
