-- Customers: cards, identities, notes, consents, fields, merges, the words of the search; contacts that are masked.

CREATE TABLE customers (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT DEFAULT 'person' NOT NULL,
  name TEXT DEFAULT '' NOT NULL,
  company TEXT DEFAULT '' NOT NULL,
  position TEXT DEFAULT '' NOT NULL,
  language TEXT DEFAULT '' NOT NULL,
  vip BOOLEAN DEFAULT 'false' NOT NULL,
  tags TEXT[] DEFAULT '{}' NOT NULL,
  custom JSONB DEFAULT '{}' NOT NULL,
  agent TEXT DEFAULT '' NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL,
  changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
  touched BOOLEAN DEFAULT 'false' NOT NULL,
  merged_into TEXT DEFAULT '' NOT NULL,
  words TEXT[] DEFAULT '{}' NOT NULL,
  CONSTRAINT pk_customers PRIMARY KEY (tenant, id)
);

CREATE INDEX ix_customers_company ON customers (tenant, company) WHERE company != '';

CREATE INDEX ix_customers_company_name ON customers (tenant, name) WHERE kind = 'company';

CREATE INDEX ix_customers_standing ON customers (tenant, changed_at, id) WHERE merged_into = '';

ALTER TABLE "customers" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "customers" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "customers" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

CREATE TABLE customer_identities (
  tenant TEXT NOT NULL,
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  customer TEXT NOT NULL,
  added_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_customer_identities PRIMARY KEY (tenant, kind, value)
);

CREATE INDEX ix_customer_identities_customer ON customer_identities (tenant, customer);

ALTER TABLE "customer_identities" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "customer_identities" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "customer_identities" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

CREATE TABLE customer_notes (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  customer TEXT NOT NULL,
  text TEXT NOT NULL,
  by TEXT NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_customer_notes PRIMARY KEY (tenant, id)
);

CREATE INDEX ix_customer_notes_customer ON customer_notes (tenant, customer, at);

ALTER TABLE "customer_notes" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "customer_notes" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "customer_notes" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

CREATE TABLE customer_consents (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  customer TEXT NOT NULL,
  what TEXT NOT NULL,
  given BOOLEAN NOT NULL,
  how TEXT NOT NULL,
  by TEXT NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_customer_consents PRIMARY KEY (tenant, id)
);

CREATE INDEX ix_customer_consents_customer ON customer_consents (tenant, customer, at);

ALTER TABLE "customer_consents" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "customer_consents" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "customer_consents" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

CREATE TABLE customer_fields (
  tenant TEXT NOT NULL,
  project TEXT NOT NULL,
  id TEXT NOT NULL,
  title TEXT NOT NULL,
  kind TEXT NOT NULL,
  choices TEXT[] DEFAULT '{}' NOT NULL,
  place INTEGER DEFAULT '0' NOT NULL,
  CONSTRAINT pk_customer_fields PRIMARY KEY (tenant, project, id)
);

ALTER TABLE "customer_fields" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "customer_fields" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "customer_fields" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

CREATE TABLE customer_merges (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  kept TEXT NOT NULL,
  gone TEXT NOT NULL,
  moved JSONB NOT NULL,
  by TEXT NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  undone_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_customer_merges PRIMARY KEY (tenant, id)
);

CREATE INDEX ix_customer_merges_kept ON customer_merges (tenant, kept, at);

ALTER TABLE "customer_merges" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "customer_merges" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "customer_merges" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

CREATE TABLE customer_words (
  tenant TEXT NOT NULL,
  word TEXT COLLATE "C" NOT NULL,
  customer TEXT NOT NULL,
  CONSTRAINT pk_customer_words PRIMARY KEY (tenant, word, customer)
);

ALTER TABLE "customer_words" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "customer_words" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "customer_words" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

CREATE TABLE customer_spellings (
  tenant TEXT NOT NULL,
  spelling TEXT COLLATE "C" NOT NULL,
  word TEXT COLLATE "C" NOT NULL,
  CONSTRAINT pk_customer_spellings PRIMARY KEY (tenant, spelling, word)
);

ALTER TABLE "customer_spellings" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "customer_spellings" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "customer_spellings" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

CREATE TABLE masked_contacts (
  tenant TEXT NOT NULL,
  contact TEXT NOT NULL,
  masked_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_masked_contacts PRIMARY KEY (tenant, contact)
);

ALTER TABLE "masked_contacts" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "masked_contacts" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "masked_contacts" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));
