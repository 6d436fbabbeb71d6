"""Everything that exists in the first version: tables, tenant walls, rights."""

from __future__ import annotations

from alembic import op
from sqlalchemy import text

from kaska.kit.database import metadata
from kaska.migrations.rights import grant, raise_walls

revision = "0001"
down_revision = None


def upgrade() -> None:
    connection = op.get_bind()
    tables = metadata.sorted_tables
    for schema in sorted({table.schema for table in tables if table.schema}):
        connection.execute(text(f'CREATE SCHEMA IF NOT EXISTS "{schema}"'))
    metadata.create_all(connection)
    raise_walls(connection, tables)
    grant(connection, tables)
