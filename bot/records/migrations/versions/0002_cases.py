"""Cases with debts, papers, contacts, agreements, instalments and reminders; what was in talks is carried over."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TERMS = ("kind", "monthly_fen", "periods", "defer_months", "first_due")


def upgrade() -> None:
    """Make the new tables, move the talks into them, drop the old ones."""
    cases = _cases()
    contacts, agreements = _contacts()
    instalments = _instalments()
    op.create_table(
        "reminders",
        sa.Column("id", sa.Integer, primary_key=True),
        _below("contact"),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("on", sa.Date, nullable=False),
        sa.Column("instalment", sa.Integer),
        sa.Column("done_on", sa.Date),
    )
    op.create_table(
        "links",
        sa.Column("id", sa.Integer, primary_key=True),
        _below("case"),
        sa.Column("secret_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
    )
    _carry_over(cases, contacts, agreements, instalments)
    op.drop_table("payments")
    op.drop_table("talks")


def _below(parent: str) -> sa.Column:
    return sa.Column(
        f"{parent}_id", sa.Integer, sa.ForeignKey(f"{parent}s.id", ondelete="CASCADE"), nullable=False, index=True
    )


def _cases() -> sa.Table:
    cases = op.create_table(
        "cases",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("person", sa.String(255), nullable=False, unique=True),
        sa.Column("cause", sa.String(40)),
        sa.Column("income_fen", sa.Integer),
        sa.Column("expenses_fen", sa.Integer),
    )
    op.create_table(
        "debts",
        sa.Column("id", sa.Integer, primary_key=True),
        _below("case"),
        sa.Column("product", sa.String(40), nullable=False),
        sa.Column("balance_fen", sa.Integer),
        sa.Column("overdue_days", sa.Integer),
        sa.Column("due_day", sa.Integer),
    )
    op.create_table(
        "papers",
        sa.Column("id", sa.Integer, primary_key=True),
        _below("case"),
        sa.Column("document", sa.String(40), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
    )
    return cases


def _contacts() -> tuple[sa.Table, sa.Table]:
    contacts = op.create_table(
        "contacts",
        sa.Column("id", sa.Integer, primary_key=True),
        _below("case"),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("staff", sa.String(200)),
        sa.Column("ticket", sa.String(200)),
        sa.Column("said", sa.String(500)),
        sa.Column("next_step", sa.String(200)),
        sa.Column("call_back", sa.Date),
        sa.UniqueConstraint("case_id", "number"),
    )
    agreements = op.create_table(
        "agreements",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "contact_id", sa.Integer, sa.ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False, unique=True
        ),
        sa.Column("kind", sa.String(20)),
        sa.Column("monthly_fen", sa.Integer),
        sa.Column("periods", sa.Integer),
        sa.Column("defer_months", sa.Integer),
        sa.Column("first_due", sa.Date),
        sa.Column("total_fen", sa.Integer),
        sa.Column("principal_fen", sa.Integer),
        sa.Column("interest_fen", sa.Integer),
        sa.Column("waived_fen", sa.Integer),
        sa.Column("collection", sa.String(20)),
        sa.Column("credit", sa.String(20)),
        sa.Column("confirmation", sa.String(20)),
    )
    return contacts, agreements


def _instalments() -> sa.Table:
    return op.create_table(
        "instalments",
        sa.Column("id", sa.Integer, primary_key=True),
        _below("agreement"),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("due", sa.Date),
        sa.Column("amount_fen", sa.Integer),
        sa.Column("paid_on", sa.Date),
        sa.UniqueConstraint("agreement_id", "n"),
    )


def _carry_over(cases: sa.Table, contacts: sa.Table, agreements: sa.Table, instalments: sa.Table) -> None:
    """Each talk becomes a contact; one that was agreed an agreement too; its payments become paid instalments."""
    bind = op.get_bind()
    old = sa.MetaData()
    talks = sa.Table("talks", old, autoload_with=bind)
    payments = sa.Table("payments", old, autoload_with=bind)
    known: dict[str, int] = {}
    for talk in bind.execute(sa.select(talks).order_by(talks.c.id)).mappings().all():
        if talk["person"] not in known:
            known[talk["person"]] = _insert(bind, cases, person=talk["person"])
        told = {name: talk[name] for name in ("number", "at", "channel", "outcome", "staff", "next_step")}
        contact = _insert(bind, contacts, case_id=known[talk["person"]], **told)
        paid = bind.execute(
            sa.select(payments.c.paid_on).where(payments.c.talk_id == talk["id"]).order_by(payments.c.id)
        )
        days = paid.scalars().all()
        if talk["outcome"] != "agreed" and not days:
            continue
        agreement = _insert(bind, agreements, contact_id=contact, **{name: talk[name] for name in TERMS})
        for n, paid_on in enumerate(days, start=1):
            _insert(bind, instalments, agreement_id=agreement, n=n, paid_on=paid_on)


def _insert(bind: Any, table: sa.Table, **values: Any) -> int:
    return int(bind.execute(table.insert().values(**values)).inserted_primary_key[0])
