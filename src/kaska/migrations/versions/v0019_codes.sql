CREATE TABLE feature_codes (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  document JSONB NOT NULL,
  CONSTRAINT pk_feature_codes PRIMARY KEY (tenant, id)
);

ALTER TABLE "feature_codes" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "feature_codes" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "feature_codes" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));
