"""Filters of the journal that people keep under a name."""

from __future__ import annotations

from alembic import op

revision = "0016_books"
down_revision = "0015_voice"

STATEMENTS = (
    "CREATE TABLE saved_filters (tenant TEXT NOT NULL, id TEXT NOT NULL, owner TEXT NOT NULL, name TEXT NOT NULL, "
    "shared BOOLEAN DEFAULT 'false' NOT NULL, document JSONB NOT NULL, saved_at TIMESTAMP WITH TIME ZONE NOT NULL, "
    "CONSTRAINT pk_saved_filters PRIMARY KEY (tenant, id))",
    "CREATE UNIQUE INDEX ux_saved_filters_name ON saved_filters (tenant, owner, name)",
    "ALTER TABLE saved_filters ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE saved_filters FORCE ROW LEVEL SECURITY",
    "CREATE POLICY tenant_wall ON saved_filters USING (tenant = current_setting('kaska.tenant', true)) "
    "WITH CHECK (tenant = current_setting('kaska.tenant', true))",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
