CREATE TABLE message_letters (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  owner TEXT NOT NULL,
  addresses JSONB NOT NULL,
  language TEXT DEFAULT 'ru' NOT NULL,
  page TEXT DEFAULT '' NOT NULL,
  enabled BOOLEAN DEFAULT 'true' NOT NULL,
  CONSTRAINT pk_message_letters PRIMARY KEY (tenant, id)
);

ALTER TABLE "message_letters" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "message_letters" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "message_letters" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

CREATE TABLE message_letter_sendings (
  tenant TEXT NOT NULL,
  contact TEXT NOT NULL,
  email TEXT NOT NULL,
  rule TEXT NOT NULL,
  owner TEXT NOT NULL,
  made_at TIMESTAMP WITH TIME ZONE NOT NULL,
  next_at TIMESTAMP WITH TIME ZONE,
  tries INTEGER DEFAULT '0' NOT NULL,
  delivered_at TIMESTAMP WITH TIME ZONE,
  problem TEXT DEFAULT '' NOT NULL,
  CONSTRAINT pk_message_letter_sendings PRIMARY KEY (tenant, contact, email)
);

CREATE INDEX ix_message_letter_sendings_due ON message_letter_sendings (tenant, next_at) WHERE next_at IS NOT NULL;

CREATE INDEX ix_message_letter_sendings_made ON message_letter_sendings (tenant, made_at);

ALTER TABLE "message_letter_sendings" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "message_letter_sendings" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "message_letter_sendings" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

CREATE INDEX ix_contacts_messages ON contacts (tenant, ended_at, id) WHERE message <> '';
