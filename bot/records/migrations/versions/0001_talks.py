"""Talks and payments, as the first databases had them; those were made without a revision."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the two tables where they are not there yet."""
    if sa.inspect(op.get_bind()).has_table("talks"):
        return
    op.create_table(
        "talks",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("person", sa.String(255), nullable=False, index=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(20)),
        sa.Column("monthly_fen", sa.Integer),
        sa.Column("periods", sa.Integer),
        sa.Column("defer_months", sa.Integer),
        sa.Column("first_due", sa.Date),
        sa.Column("next_step", sa.String(200)),
        sa.Column("staff", sa.String(200)),
        sa.UniqueConstraint("person", "number"),
    )
    op.create_table(
        "payments",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("talk_id", sa.Integer, sa.ForeignKey("talks.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("paid_on", sa.Date, nullable=False),
    )
