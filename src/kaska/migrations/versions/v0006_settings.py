"""What an administrator says of numbers, and the line of calls from the page."""

from __future__ import annotations

from alembic import op

revision = "0006_settings"
down_revision = "0005_customers"

COLUMNS = (
    ("numbers", "title TEXT DEFAULT '' NOT NULL"),
    ("numbers", "source TEXT DEFAULT '' NOT NULL"),
    ("trunks", "secret TEXT DEFAULT '' NOT NULL"),
)


def upgrade() -> None:
    for table, column in COLUMNS:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
