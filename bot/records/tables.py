"""The tables of the records. A change here needs a migration in ``bot/records/migrations/versions``.

Everything a person told is sealed (``bot.records.sealed``). Readable stay numbers of rows and days: by them what is due
is found, and what is old is deleted.
"""

from __future__ import annotations

from sqlalchemy import Column, Date, DateTime, ForeignKey, Integer, MetaData, String, Table, Text, UniqueConstraint

from bot.records.sealed import Sealed

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _below(parent: str) -> Column:
    """The column that ties a row to its parent, with which it goes."""
    return Column(f"{parent}_id", ForeignKey(f"{parent}s.id", ondelete="CASCADE"), nullable=False, index=True)


cases = Table(
    "cases",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person", String(255), nullable=False, unique=True),
    Column("cause", Sealed("cases.cause")),
    Column("income_fen", Sealed("cases.income_fen", int)),
    Column("expenses_fen", Sealed("cases.expenses_fen", int)),
    Column("whose", Text),  # the person, sealed, so that a new key can be given to their rows
    Column("touched_at", DateTime(timezone=True), index=True),
)

debts = Table(
    "debts",
    metadata,
    Column("id", Integer, primary_key=True),
    _below("case"),
    Column("product", Sealed("debts.product", required=True)),
    Column("balance_fen", Sealed("debts.balance_fen", int)),
    Column("overdue_days", Sealed("debts.overdue_days", int)),
    Column("due_day", Sealed("debts.due_day", int)),
)

papers = Table(
    "papers",
    metadata,
    Column("id", Integer, primary_key=True),
    _below("case"),
    Column("document", Sealed("papers.document", required=True)),
    Column("state", Sealed("papers.state", required=True)),
)

contacts = Table(
    "contacts",
    metadata,
    Column("id", Integer, primary_key=True),
    _below("case"),
    Column("number", Integer, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("channel", Sealed("contacts.channel", required=True)),
    Column("outcome", Sealed("contacts.outcome", required=True)),
    Column("staff", Sealed("contacts.staff")),
    Column("ticket", Sealed("contacts.ticket")),
    Column("said", Sealed("contacts.said")),
    Column("next_step", Sealed("contacts.next_step")),
    Column("call_back", Date),
    Column("products", Sealed("contacts.products", tuple)),
    UniqueConstraint("case_id", "number"),
)

agreements = Table(
    "agreements",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("kind", Sealed("agreements.kind")),
    Column("monthly_fen", Sealed("agreements.monthly_fen", int)),
    Column("periods", Sealed("agreements.periods", int)),
    Column("defer_months", Sealed("agreements.defer_months", int)),
    Column("first_due", Date),
    Column("total_fen", Sealed("agreements.total_fen", int)),
    Column("principal_fen", Sealed("agreements.principal_fen", int)),
    Column("interest_fen", Sealed("agreements.interest_fen", int)),
    Column("waived_fen", Sealed("agreements.waived_fen", int)),
    Column("waiver", Sealed("agreements.waiver")),
    Column("collection", Sealed("agreements.collection")),
    Column("credit", Sealed("agreements.credit")),
    Column("confirmation", Sealed("agreements.confirmation")),
)

instalments = Table(
    "instalments",
    metadata,
    Column("id", Integer, primary_key=True),
    _below("agreement"),
    Column("n", Integer, nullable=False),
    Column("due", Date),
    Column("amount_fen", Sealed("instalments.amount_fen", int)),
    Column("paid_on", Date),
    UniqueConstraint("agreement_id", "n"),
)

reminders = Table(
    "reminders",
    metadata,
    Column("id", Integer, primary_key=True),
    _below("contact"),
    Column("kind", String(20), nullable=False),
    Column("on", Date, nullable=False, index=True),
    Column("instalment", Integer),
    Column("done_on", Date),
    Column("told_on", Date),
)

links = Table(
    "links",
    metadata,
    Column("id", Integer, primary_key=True),
    _below("case"),
    Column("secret_hash", String(64), nullable=False, unique=True),
    Column("content", Text, nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
)
