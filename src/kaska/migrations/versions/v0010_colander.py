"""What a lost contact costs; audits of foreign logs and the columns of their tables."""

from __future__ import annotations

from alembic import op

revision = "0010_colander"
down_revision = "0009_alerts"

TABLES = (
    "CREATE TABLE colander_settings (tenant TEXT NOT NULL, id TEXT NOT NULL, document JSONB NOT NULL, "
    "CONSTRAINT pk_colander_settings PRIMARY KEY (tenant, id))",
    "CREATE TABLE foreign_audits (tenant TEXT NOT NULL, id TEXT NOT NULL, created_by TEXT NOT NULL, "
    "created_at TIMESTAMP WITH TIME ZONE NOT NULL, files JSONB DEFAULT '[]' NOT NULL, "
    "options JSONB DEFAULT '{}' NOT NULL, state TEXT DEFAULT 'uploading' NOT NULL, "
    "seen_at TIMESTAMP WITH TIME ZONE, done BIGINT DEFAULT '0' NOT NULL, problem JSONB, "
    "result JSONB, CONSTRAINT pk_foreign_audits PRIMARY KEY (tenant, id))",
    "CREATE TABLE audit_profiles (tenant TEXT NOT NULL, name TEXT NOT NULL, mapping JSONB NOT NULL, "
    "CONSTRAINT pk_audit_profiles PRIMARY KEY (tenant, name))",
)
WALLS = (
    "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
    "CREATE POLICY tenant_wall ON {table} USING (tenant = current_setting('kaska.tenant', true)) "
    "WITH CHECK (tenant = current_setting('kaska.tenant', true))",
)


def upgrade() -> None:
    for statement in TABLES:
        op.execute(statement)
    for table in ("colander_settings", "foreign_audits", "audit_profiles"):
        for statement in WALLS:
            op.execute(statement.format(table=table))
