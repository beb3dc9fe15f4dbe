"""Reminders know when they were told last, and are found by their day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column and the index."""
    op.add_column("reminders", sa.Column("told_on", sa.Date))
    op.create_index("ix_reminders_on", "reminders", ["on"])
