"""How a database is opened: SQLite with care for what was committed, anything else by its URL."""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path
from time import sleep
from typing import Any, Final

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine, make_url

log = logging.getLogger(__name__)

WAITS: Final = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 4.0, 8.0, 14.0)
"""Seconds between attempts to turn the write-ahead log on: thirty together."""

LOCKED: Final = "locked"
"""In SQLite's text for what another connection is in the way of; Python 3.10 tells no error code."""

PATIENCE = {
    "connect_timeout": 3,
    "tcp_user_timeout": 10_000,
    "options": "-c statement_timeout=10000 -c lock_timeout=10000",
}
"""How long libpq waits for a PostgreSQL that is away or stuck, in seconds and milliseconds; a URL may say otherwise."""


def open_engine(url: str) -> Engine:
    """The engine of ``url``; the folder of a SQLite file is made."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return create_engine(parsed, pool_pre_ping=True, connect_args={**PATIENCE, **parsed.query})
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
    connection.execute("PRAGMA secure_delete=ON")  # what is deleted is overwritten


def leave_no_trace(engine: Engine) -> None:
    """After a deletion: SQLite's files are written anew, so that no deleted byte is left in them; others see to it.

    While somebody else is in the middle of reading that cannot be done; what was deleted is overwritten all the same.
    """
    if engine.dialect.name != "sqlite":
        return
    try:
        _write_anew(engine)
    except sqlite3.OperationalError as error:
        log.warning("a database is in use and was not written anew after a deletion (%s)", type(error).__name__)


def overwrite_deleted(engine: Engine) -> None:
    """Let SQLite overwrite whatever is deleted on connections of ``engine`` from now on."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA secure_delete=ON"))


def _write_anew(engine: Engine) -> None:
    raw = engine.raw_connection()
    try:
        connection: Any = raw.driver_connection if hasattr(raw, "driver_connection") else raw.connection
        connection.rollback()
        before, connection.isolation_level = connection.isolation_level, None
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.isolation_level = before
    finally:
        raw.close()


def _write_ahead(connection: Any) -> None:
    """Turn the write-ahead log on, which is kept in the file.

    Of several connections that turn it on in a new file at the same moment, SQLite refuses some at once, without
    regard to the time they are ready to wait, so the waiting is done here. Anything else, a full disk for instance, is
    no reason to wait: it is raised at once.
    """
    for wait in (*WAITS, None):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if wait is None or LOCKED not in str(error):
                raise
            sleep(wait)
        else:
            return


def _begin(connection: Connection) -> None:
    """Writers wait for each other from the start, so none fails half-way because another was quicker."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
