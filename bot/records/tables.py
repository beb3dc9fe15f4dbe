"""The tables of the records. A change here needs a migration in ``bot/records/migrations/versions``."""

from __future__ import annotations

from sqlalchemy import Column, Date, DateTime, ForeignKey, Integer, MetaData, String, Table, Text, UniqueConstraint

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
    Column("cause", String(40)),
    Column("income_fen", Integer),
    Column("expenses_fen", Integer),
    Column("touched_at", DateTime(timezone=True), index=True),
)

debts = Table(
    "debts",
    metadata,
    Column("id", Integer, primary_key=True),
    _below("case"),
    Column("product", String(40), nullable=False),
    Column("balance_fen", Integer),
    Column("overdue_days", Integer),
    Column("due_day", Integer),
)

papers = Table(
    "papers",
    metadata,
    Column("id", Integer, primary_key=True),
    _below("case"),
    Column("document", String(40), nullable=False),
    Column("state", String(20), nullable=False),
)

contacts = Table(
    "contacts",
    metadata,
    Column("id", Integer, primary_key=True),
    _below("case"),
    Column("number", Integer, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("channel", String(40), nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("staff", String(200)),
    Column("ticket", String(200)),
    Column("said", String(500)),
    Column("next_step", String(200)),
    Column("call_back", Date),
    UniqueConstraint("case_id", "number"),
)

agreements = Table(
    "agreements",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("kind", String(20)),
    Column("monthly_fen", Integer),
    Column("periods", Integer),
    Column("defer_months", Integer),
    Column("first_due", Date),
    Column("total_fen", Integer),
    Column("principal_fen", Integer),
    Column("interest_fen", Integer),
    Column("waived_fen", Integer),
    Column("collection", String(20)),
    Column("credit", String(20)),
    Column("confirmation", String(20)),
)

instalments = Table(
    "instalments",
    metadata,
    Column("id", Integer, primary_key=True),
    _below("agreement"),
    Column("n", Integer, nullable=False),
    Column("due", Date),
    Column("amount_fen", Integer),
    Column("paid_on", Date),
    UniqueConstraint("agreement_id", "n"),
)

reminders = Table(
    "reminders",
    metadata,
    Column("id", Integer, primary_key=True),
    _below("contact"),
    Column("kind", String(20), nullable=False),
    Column("on", Date, nullable=False),
    Column("instalment", Integer),
    Column("done_on", Date),
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
