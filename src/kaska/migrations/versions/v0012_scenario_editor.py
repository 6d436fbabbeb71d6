"""Who edited a draft last, where its nodes stand on the canvas, and the recordings that people made."""

from __future__ import annotations

from alembic import op

revision = "0012_scenario_editor"
down_revision = "0011_operator"

WALLS = (
    'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
    'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
    "CREATE POLICY tenant_wall ON \"{table}\" USING (tenant = current_setting('kaska.tenant', true)) "
    "WITH CHECK (tenant = current_setting('kaska.tenant', true))",
)


def upgrade() -> None:
    op.execute("ALTER TABLE scenarios ADD COLUMN revision INTEGER DEFAULT '0' NOT NULL")
    op.execute("ALTER TABLE scenarios ADD COLUMN edited_by TEXT DEFAULT '' NOT NULL")
    op.execute("ALTER TABLE scenarios ADD COLUMN edited_at TIMESTAMP WITH TIME ZONE")
    op.execute("ALTER TABLE scenarios ADD COLUMN layout JSONB DEFAULT '{}' NOT NULL")
    op.execute(
        "CREATE TABLE prompts (tenant TEXT NOT NULL, id TEXT NOT NULL, title TEXT NOT NULL, language TEXT NOT NULL, "
        "text TEXT NOT NULL, origin TEXT NOT NULL, seconds DOUBLE PRECISION NOT NULL, "
        "at TIMESTAMP WITH TIME ZONE NOT NULL, by TEXT NOT NULL, CONSTRAINT pk_prompts PRIMARY KEY (tenant, id))"
    )
    for statement in WALLS:
        op.execute(statement.format(table="prompts"))
