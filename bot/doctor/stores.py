"""The databases and Redis: reachable, and of the newest form."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from alembic.script import ScriptDirectory
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import create_engine, text
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from bot.doctor.finding import Finding, note, ok, wrong
from bot.records.migrate import FOLDER, revision
from bot.settings import Settings

SECONDS = 3


def databases(given: Settings) -> Iterator[Finding]:
    """Both databases answer; the records have the newest schema."""
    yield from _database("CONVERSATIONS_URL", given.conversations_url, is_migrated=False)
    yield from _database("RECORDS_URL", given.records_url, is_migrated=True)


def _database(variable: str, url: str, *, is_migrated: bool) -> Iterator[Finding]:
    try:
        parsed = make_url(url)
        shown = parsed.render_as_string(hide_password=True)
    except (ArgumentError, ValueError):
        yield wrong(
            "database", f"{variable} is no SQLAlchemy URL", "write it like postgresql://user:password@host/name"
        )
        return
    if parsed.get_backend_name() == "sqlite" and not Path(str(parsed.database)).exists():
        yield ok("database", f"{shown} is made at the first start")
        return
    try:
        engine = create_engine(parsed)
        yield from _reached(engine, shown, is_migrated)
        engine.dispose()
    except (SQLAlchemyError, ImportError) as error:
        yield wrong("database", f"{shown}: {type(error).__name__}", f"start the database, or correct {variable}")


def _reached(engine: Engine, shown: str, is_migrated: bool) -> Iterator[Finding]:
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        has = revision(connection) if is_migrated else None
    newest = str(ScriptDirectory(str(FOLDER)).get_current_head())
    if is_migrated and has is None:
        yield note("database", f"{shown} has no tables yet", "they are made at the first start")
    elif is_migrated and has != newest:
        yield wrong("database", f"{shown} is at {has}, not at {newest}", "run `python -m bot records --migrate`")
    else:
        yield ok("database", shown)


def redis(url: str, is_needed: bool) -> Iterator[Finding]:
    """The messengers' shared memory answers, where one is named."""
    if not url:
        if is_needed:
            told = "not set: the channels remember in a file, for the processes of this machine"
            yield ok("redis", told)
        return
    try:
        with Redis.from_url(url, socket_timeout=SECONDS, socket_connect_timeout=SECONDS) as client:
            client.ping()
    except (RedisError, ValueError) as error:
        yield wrong(
            "redis",
            f"CHANNELS_REDIS_URL does not answer ({type(error).__name__})",
            "start Redis, or correct the address",
        )
        return
    yield ok("redis", "answers")
