"""How a database is opened: SQLite with care for what was committed, anything else by its URL."""

from __future__ import annotations

from pathlib import Path
from sqlite3 import OperationalError
from time import sleep
from typing import Any, Final

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine, make_url

WAITS: Final = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 4.0, 8.0, 14.0)
"""Seconds between attempts to turn the write-ahead log on: thirty together."""


def open_engine(url: str) -> Engine:
    """The engine of ``url``; the folder of a SQLite file is made."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_pre_ping=True)
    if parsed.database not in (None, "", ":memory:"):
        Path(str(parsed.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, connect_args={"timeout": 30})
    event.listen(engine, "connect", _careful)
    event.listen(engine, "begin", _begin)
    return engine


def _careful(connection: Any, _record: Any) -> None:
    """A write-ahead log, so that a killed process loses nothing that was committed, and foreign keys that hold.

    Python's own handling of transactions is turned off: it would leave changes of the schema outside of them.
    """
    connection.isolation_level = None
    _write_ahead(connection)
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")


def _write_ahead(connection: Any) -> None:
    """Turn the write-ahead log on, which is kept in the file.

    Of several connections that turn it on in a new file at the same moment, SQLite refuses some at once, without
    regard to the time they are ready to wait, so the waiting is done here.
    """
    for wait in (*WAITS, None):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except OperationalError:
            if wait is None:
                raise
            sleep(wait)
        else:
            return


def _begin(connection: Connection) -> None:
    """Writers wait for each other from the start, so none fails half-way because another was quicker."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
