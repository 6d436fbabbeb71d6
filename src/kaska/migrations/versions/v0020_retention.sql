ALTER TABLE contacts ADD COLUMN recording_deleted_at TIMESTAMP WITH TIME ZONE;

ALTER TABLE contacts ADD COLUMN recording_deleted_rule TEXT NOT NULL DEFAULT '';

CREATE INDEX ix_contacts_kept_recordings ON contacts (tenant, ended_at, id) WHERE recording <> '' AND recording_deleted_at IS NULL;

CREATE TABLE retention_rules (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  document JSONB NOT NULL,
  CONSTRAINT pk_retention_rules PRIMARY KEY (tenant, id)
);

ALTER TABLE "retention_rules" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "retention_rules" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "retention_rules" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

CREATE TABLE recording_holds (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  reason TEXT NOT NULL,
  by TEXT NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  until TIMESTAMP WITH TIME ZONE,
  lifted_at TIMESTAMP WITH TIME ZONE,
  lifted_by TEXT DEFAULT '' NOT NULL,
  lifted_why TEXT DEFAULT '' NOT NULL,
  CONSTRAINT pk_recording_holds PRIMARY KEY (tenant, id)
);

CREATE INDEX ix_recording_holds_standing ON recording_holds (tenant, kind, subject) WHERE lifted_at IS NULL;

ALTER TABLE "recording_holds" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "recording_holds" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "recording_holds" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

CREATE TABLE recording_deletions (
  tenant TEXT NOT NULL,
  contact TEXT NOT NULL,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size BIGINT NOT NULL,
  seconds DOUBLE PRECISION NOT NULL,
  rule TEXT NOT NULL,
  days DOUBLE PRECISION NOT NULL,
  project TEXT NOT NULL,
  direction TEXT NOT NULL,
  ended_at TIMESTAMP WITH TIME ZONE NOT NULL,
  decided_at TIMESTAMP WITH TIME ZONE NOT NULL,
  deleted_at TIMESTAMP WITH TIME ZONE,
  told_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_recording_deletions PRIMARY KEY (tenant, contact)
);

CREATE INDEX ix_recording_deletions_decided ON recording_deletions (tenant, decided_at);

CREATE INDEX ix_recording_deletions_untold ON recording_deletions (tenant, contact) WHERE told_at IS NULL;

ALTER TABLE "recording_deletions" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "recording_deletions" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "recording_deletions" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));
