"""Records in any database that SQLAlchemy knows: SQLite by default, PostgreSQL by its URL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    create_engine,
    delete,
    event,
    func,
    insert,
    select,
)
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import CHINA
from bot.errors import RecordError
from bot.records.store import Record, Talk

metadata = MetaData()

talks = Table(
    "talks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person", String(255), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("kind", String(20)),
    Column("monthly_fen", Integer),
    Column("periods", Integer),
    Column("defer_months", Integer),
    Column("first_due", Date),
    Column("next_step", String(200)),
    Column("staff", String(200)),
    UniqueConstraint("person", "number"),
)

payments = Table(
    "payments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("talk_id", ForeignKey("talks.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("paid_on", Date, nullable=False),
)


class SqlRecordStore:
    """``RecordStore`` on SQLAlchemy; tables are made on first use."""

    def __init__(self, url: str) -> None:
        try:
            self._engine = _engine(url)
            metadata.create_all(self._engine)
        except (SQLAlchemyError, OSError) as error:
            raise RecordError(type(error).__name__) from error

    def add(self, person: str, talk: Talk) -> Record:
        with self._transaction() as connection:
            last = connection.execute(select(func.max(talks.c.number)).where(talks.c.person == person)).scalar()
            record = Record((last or 0) + 1, talk)
            connection.execute(insert(talks).values(person=person, number=record.number, **vars(talk)))
        return record

    def of(self, person: str) -> list[Record]:
        with self._transaction() as connection:
            rows = connection.execute(select(talks).where(talks.c.person == person).order_by(talks.c.number))
            return [self._record(connection, row._mapping) for row in rows.fetchall()]

    def add_payment(self, person: str, number: int, paid_on: date) -> Record:
        with self._transaction() as connection:
            mine = (talks.c.person == person) & (talks.c.number == number)
            row = connection.execute(select(talks).where(mine)).fetchone()
            if row is None:
                raise RecordError("no such record")
            connection.execute(insert(payments).values(talk_id=row._mapping["id"], paid_on=paid_on))
            return self._record(connection, row._mapping)

    def forget(self, person: str) -> int:
        with self._transaction() as connection:
            mine = select(talks.c.id).where(talks.c.person == person)
            connection.execute(delete(payments).where(payments.c.talk_id.in_(mine)))
            return int(connection.execute(delete(talks).where(talks.c.person == person)).rowcount)

    def _record(self, connection: Connection, row: Any) -> Record:
        paid = connection.execute(
            select(payments.c.paid_on).where(payments.c.talk_id == row["id"]).order_by(payments.c.id)
        )
        values = {name: row[name] for name in Talk.__dataclass_fields__}
        talk = Talk(**{**values, "at": in_china(values["at"])})
        return Record(row["number"], talk, tuple(paid.scalars()))

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        """One transaction; a database failure becomes a ``RecordError``."""
        try:
            with self._engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise RecordError(type(error).__name__) from error


def in_china(at: datetime) -> datetime:
    """A moment as it was written: SQLite keeps no time zone, PostgreSQL gives it back in the server's."""
    return at.replace(tzinfo=CHINA) if at.tzinfo is None else at.astimezone(CHINA)


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_pre_ping=True)
    if parsed.database not in (None, "", ":memory:"):
        Path(str(parsed.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, connect_args={"timeout": 30})
    event.listen(engine, "connect", _careful_sqlite)
    return engine


def _careful_sqlite(connection: Any, _record: Any) -> None:
    """A write-ahead log, so that a killed process loses nothing that was committed, and foreign keys that hold."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
