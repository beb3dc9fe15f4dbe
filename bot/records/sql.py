"""Records in any database that SQLAlchemy knows: SQLite by default, PostgreSQL by its URL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from bot.clock import CHINA, now
from bot.errors import RecordError
from bot.privacy.sealing import SealError
from bot.records.engine import leave_no_trace, open_engine
from bot.records.keys import keys
from bot.records.migrate import migrate
from bot.records.rotation import WHOSE, person_of, reseal
from bot.records.schedule import schedule
from bot.records.sealed import owned_by
from bot.records.store import Kept, KeptDebt, Paper, Record, Reminder, Talk, Waiting
from bot.records.tables import agreements, cases, contacts, debts, instalments, links, papers, reminders

Row = TypeVar("Row", KeptDebt, Paper)
CONTACT = [f.name for f in fields(Talk) if f.name in contacts.c]
TERMS = [f.name for f in fields(Talk) if f.name in agreements.c]


class SqlRecordStore:
    """``RecordStore`` on SQLAlchemy; the schema is brought up to date on opening."""

    def __init__(self, url: str) -> None:
        try:
            self._engine = open_engine(url)
            self._revision = migrate(self._engine)
        except (SQLAlchemyError, OSError) as error:
            raise RecordError(type(error).__name__) from error

    @property
    def revision(self) -> str:
        return self._revision

    def add(self, person: str, talk: Talk, kept: Kept | None = None) -> Record:
        with self._transaction(person) as connection:
            case = _case(connection, person)
            if kept is not None:
                _replace(connection, case, kept)
            last = connection.execute(select(func.max(contacts.c.number)).where(contacts.c.case_id == case)).scalar()
            record = Record((last or 0) + 1, talk)
            _settle_callbacks(connection, case, talk)
            told = {name: getattr(talk, name) for name in CONTACT} | {"products": talk.products or None}
            contact = _insert(connection, contacts, case_id=case, number=record.number, **told)
            if talk.call_back is not None:
                _insert(connection, reminders, contact_id=contact, kind="callback", on=talk.call_back)
            if talk.outcome == "agreed":
                _write_terms(connection, contact, talk)
        return record

    def of(self, person: str) -> list[Record]:
        with self._transaction(person) as connection:
            rows = connection.execute(_talks(person).order_by(contacts.c.number)).mappings().all()
            return [_record(connection, row) for row in rows]

    def add_payment(self, person: str, number: int, paid_on: date) -> Record:
        with self._transaction(person) as connection:
            row = connection.execute(_talks(person).where(contacts.c.number == number)).mappings().first()
            if row is None or row["agreement_id"] is None:
                raise RecordError("no such agreement")
            _pay(connection, row["agreement_id"], row["contact_id"], paid_on)
            return _record(connection, row)

    def keep(self, person: str, kept: Kept) -> None:
        with self._transaction(person) as connection:
            _replace(connection, _case(connection, person), kept)

    def kept(self, person: str) -> Kept | None:
        with self._transaction(person) as connection:
            case = connection.execute(select(cases).where(cases.c.person.in_(keys().names(person)))).mappings().first()
            if case is None:
                return None
            return Kept(
                case["cause"],
                case["income_fen"],
                case["expenses_fen"],
                tuple(_all(connection, KeptDebt, debts, case["id"])),
                tuple(_all(connection, Paper, papers, case["id"])),
            )

    def reminders(self, person: str) -> list[Reminder]:
        wanted = (
            select(reminders, contacts.c.number)
            .join(contacts, contacts.c.id == reminders.c.contact_id)
            .join(cases, cases.c.id == contacts.c.case_id)
            .where(cases.c.person.in_(keys().names(person)))
            .order_by(reminders.c.on, reminders.c.id)
        )
        with self._transaction(person) as connection:
            return [_reminder(row) for row in connection.execute(wanted).mappings()]

    def waiting(self, until: date) -> list[Waiting]:
        wanted = (
            select(reminders, contacts.c.number, contacts.c.at, cases.c.person, cases.c.whose)
            .join(contacts, contacts.c.id == reminders.c.contact_id)
            .join(cases, cases.c.id == contacts.c.case_id)
            .where(reminders.c.on <= until, reminders.c.done_on.is_(None))
            .order_by(reminders.c.on, reminders.c.id)
        )
        with self._transaction() as connection:
            return [_waiting(row) for row in connection.execute(wanted).mappings()]

    def tell(self, waiting: Waiting, on: date) -> bool:
        was = reminders.c.told_on.is_(None) if waiting.told_on is None else reminders.c.told_on == waiting.told_on
        mine = (reminders.c.id == waiting.id) & reminders.c.done_on.is_(None) & was
        with self._transaction(waiting.person) as connection:
            return bool(connection.execute(update(reminders).where(mine).values(told_on=on)).rowcount)

    def untell(self, waiting: Waiting) -> None:
        with self._transaction(waiting.person) as connection:
            connection.execute(update(reminders).where(reminders.c.id == waiting.id).values(told_on=waiting.told_on))

    def add_link(self, person: str, secret_hash: str, content: str, at: datetime, expires_at: datetime) -> None:
        with self._transaction(person) as connection:
            connection.execute(delete(links).where(links.c.expires_at <= at))
            case = _case(connection, person)
            sealed = keys().seal(content, f"links.content:{secret_hash}")
            values = {"secret_hash": secret_hash, "content": sealed, "expires_at": expires_at}
            _insert(connection, links, case_id=case, **values)

    def linked(self, secret_hash: str, at: datetime) -> str | None:
        wanted = select(links.c.content).where(links.c.secret_hash == secret_hash, links.c.expires_at > at)
        with self._transaction() as connection:
            content = connection.execute(wanted).scalar()
            return None if content is None else keys().open(str(content), f"links.content:{secret_hash}")

    def expire(self, before: datetime) -> int:
        with self._transaction() as connection:
            connection.execute(delete(links).where(links.c.expires_at <= now()))
            deleted = int(connection.execute(delete(cases).where(cases.c.touched_at < before)).rowcount)
        if deleted:
            leave_no_trace(self._engine)
        return deleted

    def forget(self, person: str) -> int:
        with self._transaction(person) as connection:
            mine = select(cases.c.id).where(cases.c.person.in_(keys().names(person)))
            count = connection.execute(
                select(func.count()).select_from(contacts).where(contacts.c.case_id.in_(mine))
            ).scalar()
            deleted = connection.execute(
                delete(cases).where(cases.c.person.in_(keys().names(person)))
            )  # all below it goes with it
        if deleted.rowcount:
            leave_no_trace(self._engine)
        return int(count or 0)

    def reseal(self) -> int:
        with self._transaction() as connection:
            count = reseal(connection)
        if count:
            leave_no_trace(self._engine)
        return count

    @contextmanager
    def _transaction(self, person: str = "") -> Iterator[Connection]:
        """One transaction on rows of ``person``; a database failure becomes a ``RecordError``."""
        try:
            with owned_by(person), self._engine.begin() as connection:
                yield connection
        except (SQLAlchemyError, SealError) as error:
            raise RecordError(type(error).__name__) from error


def in_china(at: datetime) -> datetime:
    """A moment as it was written: SQLite keeps no time zone, PostgreSQL gives it back in the server's."""
    return at.replace(tzinfo=CHINA) if at.tzinfo is None else at.astimezone(CHINA)


def _named(person: str) -> dict[str, str]:
    """The name of a new case, and the person behind it where that is sealed."""
    ring = keys()
    return {"person": ring.hide(person), **({"whose": ring.seal(person, WHOSE)} if ring.current else {})}


def _insert(connection: Connection, table: Any, **values: Any) -> int:
    return int(connection.execute(insert(table).values(**values)).inserted_primary_key[0])


def _case(connection: Connection, person: str) -> int:
    """The id of the person's case, made when there is none, and held until the transaction ends.

    So two messages of one person wait for each other; SQLite lets only one transaction in anyway.
    """
    mine = select(cases.c.id).where(cases.c.person.in_(keys().names(person))).with_for_update()
    found = connection.execute(mine).scalar()
    if found is None:
        try:
            with connection.begin_nested():
                return _insert(connection, cases, **_named(person), touched_at=now())
        except IntegrityError:  # another process was quicker
            found = connection.execute(mine).scalar()
    connection.execute(update(cases).where(cases.c.id == found).values(touched_at=now()))
    return int(found)


def _replace(connection: Connection, case: int, kept: Kept) -> None:
    told = {"cause": kept.cause, "income_fen": kept.income_fen, "expenses_fen": kept.expenses_fen}
    connection.execute(update(cases).where(cases.c.id == case).values(**told))
    for table, rows in ((debts, kept.debts), (papers, kept.papers)):
        connection.execute(delete(table).where(table.c.case_id == case))
        for row in rows:
            _insert(connection, table, case_id=case, **vars(row))


def _all(connection: Connection, kind: type[Row], table: Any, case: int) -> list[Row]:
    """The rows of ``table`` below a case, as values of ``kind``."""
    rows = connection.execute(select(table).where(table.c.case_id == case).order_by(table.c.id)).mappings()
    return [kind(**{name: row[name] for name in kind.__dataclass_fields__}) for row in rows]


def _talks(person: str) -> Any:
    """The contacts of ``person``, each with its agreement if it has one."""
    terms = [agreements.c[name] for name in TERMS]
    return (
        select(
            contacts.c.id.label("contact_id"),
            contacts.c.number,
            *(contacts.c[name] for name in CONTACT),
            agreements.c.id.label("agreement_id"),
            *terms,
        )
        .join(cases, cases.c.id == contacts.c.case_id)
        .outerjoin(agreements, agreements.c.contact_id == contacts.c.id)
        .where(cases.c.person.in_(keys().names(person)))
    )


def _record(connection: Connection, row: Any) -> Record:
    values = {name: row[name] for name in (*CONTACT, *TERMS)}
    talk = Talk(**{**values, "at": in_china(values["at"]), "products": values["products"] or ()})
    paid = connection.execute(
        select(instalments.c.paid_on)
        .where(instalments.c.agreement_id == row["agreement_id"], instalments.c.paid_on.is_not(None))
        .order_by(instalments.c.n)
    )
    return Record(row["number"], talk, tuple(paid.scalars()))


def _reminder(row: Any) -> Reminder:
    return Reminder(row["kind"], row["on"], row["number"], row["instalment"], row["done_on"])


def _waiting(row: Any) -> Waiting:
    return Waiting(
        row["id"], person_of(row["person"], row["whose"]), _reminder(row), in_china(row["at"]).date(), row["told_on"]
    )


def _write_terms(connection: Connection, contact: int, talk: Talk) -> None:
    """The agreement of a contact, each of its instalments, and a reminder for each."""
    told = {name: getattr(talk, name) for name in TERMS}
    agreement = _insert(connection, agreements, contact_id=contact, **told)
    for due in schedule(talk):
        values = {"n": due.n, "due": due.on, "amount_fen": due.amount_fen}
        _insert(connection, instalments, agreement_id=agreement, **values)
        _insert(connection, reminders, contact_id=contact, kind="due", on=due.on, instalment=due.n)


def _pay(connection: Connection, agreement: int, contact: int, paid_on: date) -> None:
    """Mark the first instalment that is not paid; one that was never written out is added."""
    mine = instalments.c.agreement_id == agreement
    open_ones = select(func.min(instalments.c.n)).where(mine, instalments.c.paid_on.is_(None))
    n = connection.execute(open_ones).scalar()
    if n is None:
        n = (connection.execute(select(func.max(instalments.c.n)).where(mine)).scalar() or 0) + 1
        _insert(connection, instalments, agreement_id=agreement, n=n, paid_on=paid_on)
    else:
        connection.execute(update(instalments).where(mine, instalments.c.n == n).values(paid_on=paid_on))
    reminded = (reminders.c.contact_id == contact) & (reminders.c.instalment == n)
    connection.execute(update(reminders).where(reminded).values(done_on=paid_on))


def _settle_callbacks(connection: Connection, case: int, talk: Talk) -> None:
    """A new talk settles the answers that were still waited for about the same debts."""
    waiting = (
        select(reminders.c.id, contacts.c.products)
        .join(contacts, contacts.c.id == reminders.c.contact_id)
        .where(contacts.c.case_id == case, reminders.c.kind == "callback", reminders.c.done_on.is_(None))
    )
    settled = [
        row.id for row in connection.execute(waiting) if talk.is_about(replace(talk, products=row.products or ()))
    ]
    connection.execute(update(reminders).where(reminders.c.id.in_(settled)).values(done_on=talk.at.date()))
