CREATE TABLE doors (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  endpoint TEXT NOT NULL,
  document JSONB NOT NULL,
  secret TEXT NOT NULL,
  CONSTRAINT pk_doors PRIMARY KEY (tenant, id),
  CONSTRAINT uq_doors_endpoint UNIQUE (endpoint)
);

ALTER TABLE "doors" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "doors" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "doors" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

ALTER TABLE inside_talks ADD COLUMN door TEXT NOT NULL DEFAULT '';

ALTER TABLE inside_talks ADD COLUMN opened JSONB NOT NULL DEFAULT '[]';
