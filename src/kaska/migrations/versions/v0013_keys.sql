CREATE TABLE api_keys (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CONSTRAINT kind CHECK (kind IN ('program','screen')),
  permissions JSONB NOT NULL,
  per_minute INTEGER NOT NULL,
  made_by TEXT NOT NULL,
  made_at TIMESTAMP WITH TIME ZONE NOT NULL,
  expires_at TIMESTAMP WITH TIME ZONE,
  revoked_at TIMESTAMP WITH TIME ZONE,
  last_used_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_api_keys PRIMARY KEY (tenant, id)
);

ALTER TABLE "api_keys" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "api_keys" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "api_keys" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

CREATE TABLE api_key_doors (
  token_hash BYTEA NOT NULL,
  tenant TEXT NOT NULL,
  key TEXT NOT NULL,
  CONSTRAINT pk_api_key_doors PRIMARY KEY (token_hash),
  CONSTRAINT fk_api_key_doors_tenant_tenants FOREIGN KEY(tenant) REFERENCES tenants (id)
);

CREATE TABLE webhooks (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  url TEXT NOT NULL,
  secret TEXT NOT NULL,
  events JSONB NOT NULL,
  project TEXT DEFAULT '' NOT NULL,
  enabled BOOLEAN DEFAULT 'true' NOT NULL,
  since TIMESTAMP WITH TIME ZONE NOT NULL,
  failing_since TIMESTAMP WITH TIME ZONE,
  switched_off_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_webhooks PRIMARY KEY (tenant, id)
);

ALTER TABLE "webhooks" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "webhooks" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "webhooks" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

CREATE TABLE webhook_deliveries (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  webhook TEXT NOT NULL,
  event TEXT NOT NULL,
  contact TEXT DEFAULT '' NOT NULL,
  position BIGINT DEFAULT '0' NOT NULL,
  body JSONB NOT NULL,
  made_at TIMESTAMP WITH TIME ZONE NOT NULL,
  next_at TIMESTAMP WITH TIME ZONE,
  tries INTEGER DEFAULT '0' NOT NULL,
  delivered_at TIMESTAMP WITH TIME ZONE,
  problem TEXT DEFAULT '' NOT NULL,
  CONSTRAINT pk_webhook_deliveries PRIMARY KEY (tenant, id)
);

CREATE INDEX ix_webhook_deliveries_contact ON webhook_deliveries (tenant, contact);

CREATE INDEX ix_webhook_deliveries_due ON webhook_deliveries (tenant, next_at) WHERE next_at IS NOT NULL;

CREATE INDEX ix_webhook_deliveries_made ON webhook_deliveries (tenant, made_at);

ALTER TABLE "webhook_deliveries" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "webhook_deliveries" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "webhook_deliveries" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));
