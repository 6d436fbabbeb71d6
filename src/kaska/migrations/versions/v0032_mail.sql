CREATE TABLE mail_servers (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  host TEXT NOT NULL,
  port INTEGER NOT NULL,
  username TEXT NOT NULL,
  secret TEXT NOT NULL,
  sender TEXT NOT NULL,
  tls TEXT NOT NULL,
  CONSTRAINT pk_mail_servers PRIMARY KEY (tenant, id)
);

ALTER TABLE "mail_servers" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "mail_servers" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "mail_servers" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));
