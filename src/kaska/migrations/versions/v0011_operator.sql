-- Topics per project, results, sources; drafts of results; scripts; the knowledge base.

ALTER TABLE topics ADD COLUMN project TEXT DEFAULT '' NOT NULL, ADD COLUMN requires TEXT[] DEFAULT '{}' NOT NULL, ADD COLUMN archived BOOLEAN DEFAULT 'false' NOT NULL;

ALTER TABLE contact_results ADD COLUMN asks_refusal BOOLEAN DEFAULT 'false' NOT NULL, ADD COLUMN asks_next BOOLEAN DEFAULT 'false' NOT NULL, ADD COLUMN archived BOOLEAN DEFAULT 'false' NOT NULL;

ALTER TABLE contacts ADD COLUMN heard_from TEXT DEFAULT '' NOT NULL, ADD COLUMN refusal TEXT DEFAULT '' NOT NULL, ADD COLUMN next_step TEXT DEFAULT '' NOT NULL, ADD COLUMN next_at TIMESTAMP WITH TIME ZONE;

CREATE INDEX ix_contacts_promised ON contacts (tenant, classified_by, next_at) WHERE next_at IS NOT NULL;

CREATE TABLE contact_choices (
  tenant TEXT NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  title TEXT DEFAULT '' NOT NULL,
  place INTEGER DEFAULT '0' NOT NULL,
  archived BOOLEAN DEFAULT 'false' NOT NULL,
  CONSTRAINT pk_contact_choices PRIMARY KEY (tenant, kind, id)
);

ALTER TABLE "contact_choices" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "contact_choices" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "contact_choices" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

CREATE TABLE result_drafts (
  tenant TEXT NOT NULL,
  agent TEXT NOT NULL,
  contact TEXT NOT NULL,
  document JSONB NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_result_drafts PRIMARY KEY (tenant, agent, contact)
);

CREATE INDEX ix_result_drafts_contact ON result_drafts (tenant, contact);

ALTER TABLE "result_drafts" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "result_drafts" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "result_drafts" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

CREATE TABLE scripts (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  places JSONB DEFAULT '[]' NOT NULL,
  draft JSONB NOT NULL,
  version INTEGER DEFAULT '0' NOT NULL,
  revision INTEGER DEFAULT '1' NOT NULL,
  archived BOOLEAN DEFAULT 'false' NOT NULL,
  changed_by TEXT NOT NULL,
  changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_scripts PRIMARY KEY (tenant, id)
);

ALTER TABLE "scripts" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "scripts" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "scripts" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

CREATE TABLE script_versions (
  tenant TEXT NOT NULL,
  script TEXT NOT NULL,
  version INTEGER NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  by TEXT NOT NULL,
  document JSONB NOT NULL,
  CONSTRAINT pk_script_versions PRIMARY KEY (tenant, script, version)
);

ALTER TABLE "script_versions" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "script_versions" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "script_versions" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

CREATE TABLE script_runs (
  tenant TEXT NOT NULL,
  contact TEXT NOT NULL,
  agent TEXT NOT NULL,
  script TEXT NOT NULL,
  version INTEGER NOT NULL,
  passes JSONB NOT NULL,
  filled JSONB NOT NULL,
  visited TEXT[] NOT NULL,
  step TEXT NOT NULL,
  started_at TIMESTAMP WITH TIME ZONE NOT NULL,
  changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_script_runs PRIMARY KEY (tenant, contact, agent, script)
);

CREATE INDEX ix_script_runs_script ON script_runs (tenant, script, version);

ALTER TABLE "script_runs" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "script_runs" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "script_runs" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

CREATE TABLE articles (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  folder TEXT DEFAULT '' NOT NULL,
  tags TEXT[] DEFAULT '{}' NOT NULL,
  project TEXT DEFAULT '' NOT NULL,
  archived BOOLEAN DEFAULT 'false' NOT NULL,
  revision INTEGER NOT NULL,
  changed_by TEXT NOT NULL,
  changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_articles PRIMARY KEY (tenant, id)
);

ALTER TABLE "articles" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "articles" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "articles" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

CREATE TABLE article_versions (
  tenant TEXT NOT NULL,
  article TEXT NOT NULL,
  revision INTEGER NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  folder TEXT DEFAULT '' NOT NULL,
  tags TEXT[] DEFAULT '{}' NOT NULL,
  project TEXT DEFAULT '' NOT NULL,
  archived BOOLEAN DEFAULT 'false' NOT NULL,
  by TEXT NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_article_versions PRIMARY KEY (tenant, article, revision)
);

ALTER TABLE "article_versions" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "article_versions" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "article_versions" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

CREATE TABLE article_words (
  tenant TEXT NOT NULL,
  word TEXT COLLATE "C" NOT NULL,
  article TEXT NOT NULL,
  weight INTEGER NOT NULL,
  CONSTRAINT pk_article_words PRIMARY KEY (tenant, word, article)
);

CREATE INDEX ix_article_words_article ON article_words (tenant, article);

ALTER TABLE "article_words" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "article_words" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "article_words" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

CREATE TABLE article_votes (
  tenant TEXT NOT NULL,
  article TEXT NOT NULL,
  agent TEXT NOT NULL,
  useful BOOLEAN NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_article_votes PRIMARY KEY (tenant, article, agent)
);

ALTER TABLE "article_votes" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "article_votes" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "article_votes" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

CREATE TABLE knowledge_misses (
  tenant TEXT NOT NULL,
  sought TEXT NOT NULL,
  shown TEXT NOT NULL,
  times INTEGER NOT NULL,
  last_by TEXT NOT NULL,
  last_at TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_knowledge_misses PRIMARY KEY (tenant, sought)
);

ALTER TABLE "knowledge_misses" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "knowledge_misses" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "knowledge_misses" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));
