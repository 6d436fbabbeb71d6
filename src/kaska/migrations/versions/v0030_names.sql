ALTER TABLE trunks ADD COLUMN name TEXT NOT NULL DEFAULT '';

ALTER TABLE calendars ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE calendars ADD COLUMN mode_names JSONB NOT NULL DEFAULT '{}';

CREATE TABLE skills (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  CONSTRAINT pk_skills PRIMARY KEY (tenant, id)
);

ALTER TABLE "skills" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "skills" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "skills" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));
