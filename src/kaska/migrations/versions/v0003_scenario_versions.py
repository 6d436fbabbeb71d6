"""Versions of scenarios, names of the parts of a day, holidays, outside sources of data."""

from __future__ import annotations

from alembic import op

revision = "0003_scenario_versions"
down_revision = "0002_routing"

WALLS = (
    'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
    'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
    "CREATE POLICY tenant_wall ON \"{table}\" USING (tenant = current_setting('kaska.tenant', true)) "
    "WITH CHECK (tenant = current_setting('kaska.tenant', true))",
)


def upgrade() -> None:
    op.execute(
        "CREATE TABLE scenario_versions (tenant TEXT NOT NULL, scenario TEXT NOT NULL, version INTEGER NOT NULL, "
        "at TIMESTAMP WITH TIME ZONE NOT NULL, by TEXT NOT NULL, document JSONB NOT NULL, "
        "CONSTRAINT pk_scenario_versions PRIMARY KEY (tenant, scenario, version))"
    )
    op.execute(
        "CREATE TABLE lookup_sources (tenant TEXT NOT NULL, id TEXT NOT NULL, document JSONB NOT NULL, "
        "CONSTRAINT pk_lookup_sources PRIMARY KEY (tenant, id))"
    )
    for table in ("scenario_versions", "lookup_sources"):
        for statement in WALLS:
            op.execute(statement.format(table=table))
    op.execute("ALTER TABLE calendars ADD COLUMN modes JSONB DEFAULT '{}' NOT NULL")
    op.execute("ALTER TABLE calendars ADD COLUMN holidays JSONB DEFAULT '[]' NOT NULL")
    # FORCE hides a tenant's rows from the owner, too; what was published before has its first version from here on
    op.execute("ALTER TABLE scenarios NO FORCE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE scenario_versions NO FORCE ROW LEVEL SECURITY")
    op.execute(
        "INSERT INTO scenario_versions (tenant, scenario, version, at, by, document) "
        "SELECT tenant, id, version, now(), '', published FROM scenarios WHERE published IS NOT NULL"
    )
    op.execute("ALTER TABLE scenarios FORCE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE scenario_versions FORCE ROW LEVEL SECURITY")
