"""The switch's own counter of calls; differences by the day of their contact."""

from __future__ import annotations

from alembic import op

revision = "0018_days"
down_revision = "0017_rules"

STATEMENTS = (
    "CREATE TABLE switch_counts (tenant TEXT NOT NULL, started_at TIMESTAMP WITH TIME ZONE NOT NULL, "
    "quarter TIMESTAMP WITH TIME ZONE NOT NULL, read_at TIMESTAMP WITH TIME ZONE NOT NULL, "
    "processed BIGINT NOT NULL, unaccounted INTEGER NOT NULL, "
    "CONSTRAINT pk_switch_counts PRIMARY KEY (tenant, started_at, quarter))",
    "ALTER TABLE switch_counts ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE switch_counts FORCE ROW LEVEL SECURITY",
    "CREATE POLICY tenant_wall ON switch_counts USING (tenant = current_setting('kaska.tenant', true)) "
    "WITH CHECK (tenant = current_setting('kaska.tenant', true))",
    "ALTER TABLE differences ADD COLUMN arrived_at TIMESTAMP WITH TIME ZONE",
    "ALTER TABLE reconciliation_runs ADD COLUMN lines INTEGER",
    "ALTER TABLE reconciliation_runs ADD COLUMN going_on INTEGER",
    "ALTER TABLE reconciliation_runs ADD COLUMN settled_before TIMESTAMP WITH TIME ZONE",
    "CREATE INDEX ix_switch_calls_arrived_at ON switch_calls (tenant, arrived_at)",
    "CREATE INDEX ix_cdr_calls_arrived_at ON cdr_calls (tenant, arrived_at)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
