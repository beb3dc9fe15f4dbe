"""Room for sealed values: what a person told becomes text, and the name of a case may be a keyed hash.

What is there stays readable until ``python -m bot rotate-keys`` seals it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

COLUMNS = {
    "cases": ("cause", "income_fen", "expenses_fen"),
    "debts": ("product", "balance_fen", "overdue_days", "due_day"),
    "papers": ("document", "state"),
    "contacts": ("channel", "outcome", "staff", "ticket", "said", "next_step"),
    "agreements": (
        "kind",
        "monthly_fen",
        "periods",
        "defer_months",
        "total_fen",
        "principal_fen",
        "interest_fen",
        "waived_fen",
        "collection",
        "credit",
        "confirmation",
    ),
    "instalments": ("amount_fen",),
}


def upgrade() -> None:
    """Change the columns one by one, in a way that SQLite and PostgreSQL both know."""
    op.add_column("cases", sa.Column("whose", sa.Text))
    for table, columns in COLUMNS.items():
        for column in columns:
            op.add_column(table, sa.Column(f"{column}_text", sa.Text))
            op.execute(f"UPDATE {table} SET {column}_text = CAST({column} AS TEXT)")
            op.drop_column(table, column)
            op.execute(f"ALTER TABLE {table} RENAME COLUMN {column}_text TO {column}")
