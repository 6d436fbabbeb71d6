CREATE TABLE alert_rules (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  project TEXT DEFAULT '' NOT NULL,
  figure TEXT NOT NULL,
  above BOOLEAN DEFAULT 'true' NOT NULL,
  "limit" DOUBLE PRECISION NOT NULL,
  margin DOUBLE PRECISION DEFAULT '0' NOT NULL,
  "window" DOUBLE PRECISION DEFAULT '3600' NOT NULL,
  hold DOUBLE PRECISION DEFAULT '30' NOT NULL,
  quiet JSONB DEFAULT '[]' NOT NULL,
  emails JSONB DEFAULT '[]' NOT NULL,
  webhooks JSONB DEFAULT '[]' NOT NULL,
  language TEXT DEFAULT 'ru' NOT NULL,
  enabled BOOLEAN DEFAULT 'true' NOT NULL,
  CONSTRAINT pk_alert_rules PRIMARY KEY (tenant, id)
);

ALTER TABLE "alert_rules" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "alert_rules" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "alert_rules" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

CREATE TABLE alert_webhooks (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  url TEXT NOT NULL,
  secret TEXT NOT NULL,
  CONSTRAINT pk_alert_webhooks PRIMARY KEY (tenant, id)
);

ALTER TABLE "alert_webhooks" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "alert_webhooks" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "alert_webhooks" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

CREATE TABLE alert_standings (
  tenant TEXT NOT NULL,
  rule TEXT NOT NULL,
  raised BOOLEAN NOT NULL,
  since DOUBLE PRECISION NOT NULL,
  turning_since DOUBLE PRECISION NOT NULL,
  worst DOUBLE PRECISION NOT NULL,
  CONSTRAINT pk_alert_standings PRIMARY KEY (tenant, rule)
);

ALTER TABLE "alert_standings" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "alert_standings" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "alert_standings" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

CREATE TABLE alert_situations (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  rule TEXT NOT NULL,
  name TEXT NOT NULL,
  project TEXT NOT NULL,
  figure TEXT NOT NULL,
  above BOOLEAN NOT NULL,
  "limit" DOUBLE PRECISION NOT NULL,
  worst DOUBLE PRECISION NOT NULL,
  since TIMESTAMP WITH TIME ZONE NOT NULL,
  until TIMESTAMP WITH TIME ZONE,
  taken_by TEXT DEFAULT '' NOT NULL,
  taken_at TIMESTAMP WITH TIME ZONE,
  done TEXT DEFAULT '' NOT NULL,
  done_by TEXT DEFAULT '' NOT NULL,
  done_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_alert_situations PRIMARY KEY (tenant, id)
);

CREATE INDEX ix_alert_situations_since ON alert_situations (tenant, since);

ALTER TABLE "alert_situations" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "alert_situations" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "alert_situations" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

CREATE TABLE alert_deliveries (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  situation TEXT NOT NULL,
  what TEXT NOT NULL,
  channel TEXT NOT NULL,
  target TEXT NOT NULL,
  language TEXT DEFAULT 'ru' NOT NULL,
  made_at TIMESTAMP WITH TIME ZONE NOT NULL,
  next_at TIMESTAMP WITH TIME ZONE,
  tries INTEGER DEFAULT '0' NOT NULL,
  delivered_at TIMESTAMP WITH TIME ZONE,
  problem TEXT DEFAULT '' NOT NULL,
  CONSTRAINT pk_alert_deliveries PRIMARY KEY (tenant, id)
);

CREATE INDEX ix_alert_deliveries_due ON alert_deliveries (tenant, next_at) WHERE next_at IS NOT NULL;

CREATE INDEX ix_alert_deliveries_made ON alert_deliveries (tenant, made_at);

ALTER TABLE "alert_deliveries" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "alert_deliveries" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "alert_deliveries" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

ALTER TABLE queues ADD COLUMN breaks TEXT DEFAULT '' NOT NULL;

ALTER TABLE queues ADD COLUMN breaks_away INTEGER DEFAULT '0' NOT NULL;

ALTER TABLE queues ADD COLUMN breaks_waiting INTEGER DEFAULT '0' NOT NULL;

CREATE TABLE agent_states (
  tenant TEXT NOT NULL,
  position BIGINT NOT NULL,
  agent TEXT NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  state TEXT NOT NULL,
  reason TEXT DEFAULT '' NOT NULL,
  contact TEXT DEFAULT '' NOT NULL,
  by TEXT DEFAULT '' NOT NULL,
  CONSTRAINT pk_agent_states PRIMARY KEY (tenant, position)
);

CREATE INDEX ix_agent_states_agent ON agent_states (tenant, agent, at);

CREATE INDEX ix_agent_states_at ON agent_states (tenant, at);

ALTER TABLE "agent_states" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "agent_states" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "agent_states" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));
