"""Giving the records a new key: what another key sealed, or none, is opened and sealed anew."""

from __future__ import annotations

from typing import Any

from sqlalchemy import String, cast, select, update
from sqlalchemy.engine import Connection

from bot.records.keys import keys
from bot.records.sealed import Sealed
from bot.records.tables import agreements, cases, contacts, debts, instalments, links, papers

WHOSE = "cases.whose"
BELOW = {
    debts: select(debts.c.id, debts.c.case_id),
    papers: select(papers.c.id, papers.c.case_id),
    contacts: select(contacts.c.id, contacts.c.case_id),
    agreements: select(agreements.c.id, contacts.c.case_id).join(contacts, contacts.c.id == agreements.c.contact_id),
    instalments: select(instalments.c.id, contacts.c.case_id)
    .join(agreements, agreements.c.id == instalments.c.agreement_id)
    .join(contacts, contacts.c.id == agreements.c.contact_id),
}
"""Each table with the case that its rows belong to."""


def person_of(name: str, whose: str | None) -> str:
    """Whose a case is that is kept under ``name``. Raises ``SealError`` when the key is missing."""
    return keys().open(whose, WHOSE) if whose else name


def reseal(connection: Connection) -> int:
    """Seal everything with the current key; how many values were not. Raises ``SealError`` when a key is missing."""
    ring, people, count = keys(), dict[int, str](), 0
    for row in connection.execute(select(cases.c.id, cases.c.person, cases.c.whose)).all():
        person = people[row.id] = person_of(row.person, row.whose)
        if row.person != ring.hide(person):
            whose = ring.seal(person, WHOSE) if ring.current else None
            connection.execute(update(cases).where(cases.c.id == row.id).values(person=ring.hide(person), whose=whose))
        count += _row(connection, cases, row.id, person)
    for table, rows in BELOW.items():
        for id_, case in connection.execute(rows).all():
            count += _row(connection, table, id_, people[case])
    for id_, secret_hash, content in connection.execute(select(links.c.id, links.c.secret_hash, links.c.content)).all():
        place = f"links.content:{secret_hash}"
        if not ring.is_current(content):
            told = ring.seal(ring.open(content, place), place)
            connection.execute(update(links).where(links.c.id == id_).values(content=told))
            count += 1
    return count


def _row(connection: Connection, table: Any, id_: int, person: str) -> int:
    """Seal the values of one row anew; how many had to be."""
    ring = keys()
    sealed = [column for column in table.c if isinstance(column.type, Sealed)]
    raw = connection.execute(select(*(cast(c, String).label(c.name) for c in sealed)).where(table.c.id == id_)).first()
    values = {}
    for column in sealed:
        text = getattr(raw, column.name)
        if text is not None and not ring.is_current(text):
            place = f"{column.type.place}:{person}"
            values[column.name] = ring.seal(ring.open(text, place), place)
    if values:
        plain = table.update().where(table.c.id == id_)
        connection.execute(plain.values({name: _as_is(value) for name, value in values.items()}))
    return len(values)


def _as_is(text: str) -> Any:
    """A value that is sealed already and goes past the column's type."""
    from sqlalchemy import literal

    return literal(text, String)
