"""The switch's call detail records become a witness of their own."""

from __future__ import annotations

from alembic import op
from sqlalchemy import text

from kaska.kit.database import metadata
from kaska.migrations.rights import grant, raise_walls

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Where the baseline was made lately it made these too."""
    connection = op.get_bind()
    made = [table for table in metadata.sorted_tables if table.name == "cdr_calls"]
    metadata.create_all(connection, tables=made)
    raise_walls(connection, made)
    grant(connection, made)
    (runs,) = (table for table in metadata.sorted_tables if table.name == "reconciliation_runs")
    name = f'"{runs.schema or "public"}"."{runs.name}"'
    connection.execute(text(f"ALTER TABLE {name} ADD COLUMN IF NOT EXISTS cdr integer NOT NULL DEFAULT 0"))
