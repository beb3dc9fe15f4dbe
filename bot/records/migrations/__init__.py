"""Migrations of the records, run by Alembic."""
