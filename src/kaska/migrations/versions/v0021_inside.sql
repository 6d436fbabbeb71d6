ALTER TABLE trunks ADD COLUMN site TEXT NOT NULL DEFAULT '';

ALTER TABLE agents ADD COLUMN screened BOOLEAN NOT NULL DEFAULT false;

CREATE TABLE inside_talks (
  tenant TEXT NOT NULL,
  talk TEXT NOT NULL,
  by TEXT NOT NULL,
  caller TEXT NOT NULL,
  "to" TEXT NOT NULL,
  number TEXT NOT NULL,
  trunk TEXT NOT NULL,
  started_at TIMESTAMP WITH TIME ZONE NOT NULL,
  connected_at TIMESTAMP WITH TIME ZONE,
  ended_at TIMESTAMP WITH TIME ZONE,
  result TEXT DEFAULT '' NOT NULL,
  seconds DOUBLE PRECISION DEFAULT '0' NOT NULL,
  CONSTRAINT pk_inside_talks PRIMARY KEY (tenant, talk)
);

CREATE INDEX ix_inside_talks_started ON inside_talks (tenant, started_at);

ALTER TABLE "inside_talks" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "inside_talks" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "inside_talks" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));
