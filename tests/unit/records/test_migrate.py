"""Migrations: the newest schema is the one the models describe, and older databases arrive there with their content."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from services import Postgres
from sqlalchemy import create_engine

from bot.clock import CHINA
from bot.records.engine import open_engine
from bot.records.migrate import migrate
from bot.records.sql import SqlRecordStore
from bot.records.store import Record, Talk
from bot.records.tables import metadata

FIRST_SCHEMA = """
CREATE TABLE talks (id INTEGER NOT NULL PRIMARY KEY, person VARCHAR(255) NOT NULL, number INTEGER NOT NULL,
  at TIMESTAMP NOT NULL, channel VARCHAR(40) NOT NULL, outcome VARCHAR(20) NOT NULL, kind VARCHAR(20),
  monthly_fen INTEGER, periods INTEGER, defer_months INTEGER, first_due DATE, next_step VARCHAR(200),
  staff VARCHAR(200), UNIQUE (person, number));
CREATE TABLE payments (id INTEGER NOT NULL PRIMARY KEY, talk_id INTEGER NOT NULL, paid_on DATE NOT NULL,
  FOREIGN KEY(talk_id) REFERENCES talks (id) ON DELETE CASCADE);
INSERT INTO talks VALUES (1, 'one', 1, '2026-11-20 10:00:00', 'hotline_95188', 'refused',
  NULL, NULL, NULL, NULL, NULL, NULL, '8823');
INSERT INTO talks VALUES (2, 'one', 2, '2026-11-21 10:00:00', 'app_service', 'agreed',
  'instalments', 50000, 3, NULL, '2026-12-09', NULL, NULL);
INSERT INTO payments VALUES (1, 2, '2026-12-08');
"""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'records.db'}"
    server: Postgres = request.getfixturevalue("postgres")
    return server.new_database()


def test_the_migrations_arrive_at_the_models(database: str) -> None:
    engine = open_engine(database)
    migrate(engine)
    with engine.begin() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_a_database_from_before_the_migrations_keeps_its_talks_and_payments(database: str) -> None:
    engine = create_engine(database)
    with engine.begin() as connection:
        for statement in _first_schema(database).split(";\n"):
            if statement.strip():
                connection.exec_driver_sql(statement)
    engine.dispose()

    store = SqlRecordStore(database)

    refused = Talk(datetime(2026, 11, 20, 10, tzinfo=CHINA), "hotline_95188", "refused", staff="8823")
    agreed = Talk(
        datetime(2026, 11, 21, 10, tzinfo=CHINA),
        "app_service",
        "agreed",
        "instalments",
        50_000,
        3,
        None,
        date(2026, 12, 9),
    )
    assert store.of("one") == [Record(1, refused), Record(2, agreed, (date(2026, 12, 8),))]
    assert store.add_payment("one", 2, date(2027, 1, 9)).payments == (date(2026, 12, 8), date(2027, 1, 9))


BEFORE_PRODUCTS = """
INSERT INTO cases (id, person) VALUES (1, 'one');
INSERT INTO contacts (id, case_id, number, at, channel, outcome)
  VALUES (1, 1, 1, '2026-11-20 10:00:00', 'app_service', 'agreed');
INSERT INTO agreements (id, contact_id, monthly_fen, periods) VALUES (1, 1, '50000', '3');
"""


def test_talks_from_before_the_debts_were_named_may_be_about_any(database: str) -> None:
    engine = open_engine(database)
    migrate(engine, "0005")
    with engine.begin() as connection:
        for statement in BEFORE_PRODUCTS.split(";\n"):
            if statement.strip():
                connection.exec_driver_sql(statement)

    talk = SqlRecordStore(database).of("one")[0].talk

    assert (talk.products, talk.monthly_fen, talk.periods) == ((), 50_000, 3)
    assert talk.is_about(Talk(talk.at, "app_service", "refused", products=("jiebei",)))


def _first_schema(database: str) -> str:
    """The schema in the database's own words: PostgreSQL kept the zone of a moment, SQLite the time alone."""
    if database.startswith("sqlite"):
        return FIRST_SCHEMA
    return FIRST_SCHEMA.replace("TIMESTAMP", "TIMESTAMP WITH TIME ZONE").replace(":00'", ":00+08'")


def test_migrating_twice_changes_nothing(database: str) -> None:
    engine = open_engine(database)
    assert migrate(engine) == migrate(engine) == "0007"


def test_processes_that_start_together_on_an_empty_database_migrate_it_once(database: str) -> None:
    with ThreadPoolExecutor(6) as pool:
        stores = list(pool.map(lambda _: SqlRecordStore(database), range(6)))
    assert {store.revision for store in stores} == {"0007"}
    assert stores[0].of("nobody") == []
