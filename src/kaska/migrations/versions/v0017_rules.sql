CREATE TABLE outgoing_rules (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  document JSONB NOT NULL,
  CONSTRAINT pk_outgoing_rules PRIMARY KEY (tenant, id)
);

ALTER TABLE "outgoing_rules" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "outgoing_rules" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "outgoing_rules" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

CREATE TABLE outgoing_stops (
  tenant TEXT NOT NULL,
  position BIGINT NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  contact TEXT NOT NULL,
  agent TEXT NOT NULL,
  number TEXT NOT NULL,
  direction TEXT NOT NULL,
  project TEXT NOT NULL,
  reason TEXT NOT NULL,
  CONSTRAINT pk_outgoing_stops PRIMARY KEY (tenant, position)
);

CREATE INDEX ix_outgoing_stops_at ON outgoing_stops (tenant, at);

ALTER TABLE "outgoing_stops" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "outgoing_stops" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "outgoing_stops" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

CREATE TABLE recording_rules (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  document JSONB NOT NULL,
  CONSTRAINT pk_recording_rules PRIMARY KEY (tenant, id)
);

ALTER TABLE "recording_rules" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "recording_rules" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "recording_rules" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));
