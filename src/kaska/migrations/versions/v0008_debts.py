"""The debt book in full: queues, tries, promises, claims; the story of a debt; the rules of each project."""

from __future__ import annotations

from alembic import op

revision = "0008_debts"
down_revision = "0007_reports"

COLUMNS = (
    "queue TEXT DEFAULT '' NOT NULL",
    "priority INTEGER DEFAULT 0 NOT NULL",
    "tries INTEGER DEFAULT 0 NOT NULL",
    "last_result TEXT DEFAULT '' NOT NULL",
    "next_at TIMESTAMP WITH TIME ZONE",
    "promised_until TIMESTAMP WITH TIME ZONE",
    "promised_note TEXT DEFAULT '' NOT NULL",
    "escalated_at TIMESTAMP WITH TIME ZONE",
    "claimed_by TEXT DEFAULT '' NOT NULL",
    "claimed_until TIMESTAMP WITH TIME ZONE",
)
WALLS = (
    'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
    'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
    "CREATE POLICY tenant_wall ON \"{table}\" USING (tenant = current_setting('kaska.tenant', true)) "
    "WITH CHECK (tenant = current_setting('kaska.tenant', true))",
)


def upgrade() -> None:
    for column in COLUMNS:
        op.execute(f"ALTER TABLE debts ADD COLUMN {column}")
    # FORCE hides a tenant's rows from the owner, too; debts of before know their queue by their owner
    op.execute("ALTER TABLE debts NO FORCE ROW LEVEL SECURITY")
    op.execute("UPDATE debts SET queue = substr(owner, 7) WHERE owner LIKE 'queue:%'")
    op.execute("ALTER TABLE debts FORCE ROW LEVEL SECURITY")
    op.execute(
        "CREATE TABLE debt_events (tenant TEXT NOT NULL, debt TEXT NOT NULL, position BIGINT NOT NULL, "
        "type TEXT NOT NULL, body JSONB NOT NULL, CONSTRAINT pk_debt_events PRIMARY KEY (tenant, debt, position))"
    )
    op.execute(
        "CREATE TABLE debt_rules (tenant TEXT NOT NULL, project TEXT NOT NULL, document JSONB NOT NULL, "
        "CONSTRAINT pk_debt_rules PRIMARY KEY (tenant, project))"
    )
    for table in ("debt_events", "debt_rules"):
        for statement in WALLS:
            op.execute(statement.format(table=table))
