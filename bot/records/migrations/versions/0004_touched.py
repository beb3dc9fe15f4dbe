"""When a case was touched last, so that it can be deleted in time; what was there before counts from today."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.clock import now

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column and its index."""
    op.add_column("cases", sa.Column("touched_at", sa.DateTime(timezone=True)))
    op.create_index("ix_cases_touched_at", "cases", ["touched_at"])
    cases = sa.table("cases", sa.column("touched_at", sa.DateTime(timezone=True)))
    op.execute(cases.update().values(touched_at=now()))
