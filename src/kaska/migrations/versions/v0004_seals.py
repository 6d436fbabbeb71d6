"""Seals over the days of the ledger, how far its laws are checked, and what breaks them."""

from __future__ import annotations

from alembic import op

revision = "0004_seals"
down_revision = "0003_scenario_versions"

TABLES = (
    "CREATE TABLE ledger.seals (tenant TEXT NOT NULL, day DATE NOT NULL, first BIGINT NOT NULL, last BIGINT NOT NULL, "
    "previous TEXT NOT NULL, seal TEXT NOT NULL, sealed_at TIMESTAMP WITH TIME ZONE NOT NULL, "
    "CONSTRAINT pk_seals PRIMARY KEY (tenant, day))",
    "CREATE UNIQUE INDEX ux_seals_first ON ledger.seals (tenant, first)",
    "CREATE TABLE ledger.checks (tenant TEXT NOT NULL, position BIGINT NOT NULL, "
    "checked_at TIMESTAMP WITH TIME ZONE NOT NULL, verified_at TIMESTAMP WITH TIME ZONE, "
    "verified_facts BIGINT DEFAULT '0' NOT NULL, verified_through DATE, bad_day DATE, "
    "bad_why TEXT DEFAULT '' NOT NULL, "
    "CONSTRAINT pk_checks PRIMARY KEY (tenant))",
    "CREATE TABLE ledger.breaches (tenant TEXT NOT NULL, law TEXT NOT NULL, subject TEXT NOT NULL, "
    "position BIGINT NOT NULL, detail TEXT NOT NULL, found_at TIMESTAMP WITH TIME ZONE NOT NULL, "
    "CONSTRAINT pk_breaches PRIMARY KEY (tenant, law, subject, position))",
    "CREATE INDEX ix_facts_debt ON ledger.facts (tenant, (body ->> 'debt')) "
    "WHERE type IN ('debt_opened', 'debt_closed')",
    "DROP TABLE ledger_laws",
)
WALLS = (
    "ALTER TABLE ledger.{table} ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE ledger.{table} FORCE ROW LEVEL SECURITY",
    "CREATE POLICY tenant_wall ON ledger.{table} USING (tenant = current_setting('kaska.tenant', true)) "
    "WITH CHECK (tenant = current_setting('kaska.tenant', true))",
)


def upgrade() -> None:
    for statement in TABLES:
        op.execute(statement)
    for table in ("seals", "checks", "breaches"):
        for statement in WALLS:
            op.execute(statement.format(table=table))
