"""The schema of the records, brought to its newest form step by step. See ``migrations/versions``."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine

FOLDER = Path(__file__).parent / "migrations"
LOCK = 20_261_124
"""Any number, the same for every process: who migrates PostgreSQL holds this lock."""


def migrate(engine: Engine, to: str | None = None) -> str:
    """Bring the database to the newest schema, or only ``to`` one, in one transaction and return its revision.

    Processes that start together wait for each other: SQLite's transaction is exclusive, PostgreSQL takes a lock.
    """
    with engine.begin() as connection:
        wanted = to or str(ScriptDirectory(str(FOLDER)).get_current_head())
        if revision(connection) != wanted:
            if engine.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            config = Config()
            config.set_main_option("script_location", str(FOLDER))
            config.attributes["connection"] = connection
            command.upgrade(config, wanted)
    return wanted


def revision(connection: Connection) -> str | None:
    """The revision that the database has; None before the first migration."""
    return MigrationContext.configure(connection).get_current_revision()
