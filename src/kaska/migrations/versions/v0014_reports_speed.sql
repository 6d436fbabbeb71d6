-- Reports: grains that a year is read by, persons' visits, reasons and sources, letters; all sums are made again from the ledger.

DROP TABLE report_flow;

DROP TABLE report_ends;

DROP TABLE report_subjects;

DROP TABLE report_agents;

DROP TABLE report_states;

DROP TABLE report_sketches;

DROP TABLE report_agent_states;

CREATE TABLE report_flow (
  tenant TEXT NOT NULL,
  grain TEXT NOT NULL,
  start TIMESTAMP WITH TIME ZONE NOT NULL,
  project TEXT NOT NULL,
  queue TEXT NOT NULL,
  number TEXT NOT NULL,
  direction TEXT NOT NULL,
  contacts BIGINT DEFAULT '0' NOT NULL,
  offered BIGINT DEFAULT '0' NOT NULL,
  answered BIGINT DEFAULT '0' NOT NULL,
  abandoned BIGINT DEFAULT '0' NOT NULL,
  short_offered BIGINT DEFAULT '0' NOT NULL,
  short_abandoned BIGINT DEFAULT '0' NOT NULL,
  lost BIGINT DEFAULT '0' NOT NULL,
  message_taken BIGINT DEFAULT '0' NOT NULL,
  called_back BIGINT DEFAULT '0' NOT NULL,
  self_served BIGINT DEFAULT '0' NOT NULL,
  blocked BIGINT DEFAULT '0' NOT NULL,
  not_reached BIGINT DEFAULT '0' NOT NULL,
  promised BIGINT DEFAULT '0' NOT NULL,
  overflowed BIGINT DEFAULT '0' NOT NULL,
  talked BIGINT DEFAULT '0' NOT NULL,
  transferred BIGINT DEFAULT '0' NOT NULL,
  recorded BIGINT DEFAULT '0' NOT NULL,
  unrecorded BIGINT DEFAULT '0' NOT NULL,
  wait_ms BIGINT DEFAULT '0' NOT NULL,
  lost_wait_ms BIGINT DEFAULT '0' NOT NULL,
  talk_ms BIGINT DEFAULT '0' NOT NULL,
  hold_ms BIGINT DEFAULT '0' NOT NULL,
  answered_10 BIGINT DEFAULT '0' NOT NULL,
  answered_15 BIGINT DEFAULT '0' NOT NULL,
  answered_20 BIGINT DEFAULT '0' NOT NULL,
  answered_30 BIGINT DEFAULT '0' NOT NULL,
  answered_45 BIGINT DEFAULT '0' NOT NULL,
  answered_60 BIGINT DEFAULT '0' NOT NULL,
  answered_90 BIGINT DEFAULT '0' NOT NULL,
  answered_120 BIGINT DEFAULT '0' NOT NULL,
  lost_10 BIGINT DEFAULT '0' NOT NULL,
  lost_15 BIGINT DEFAULT '0' NOT NULL,
  lost_20 BIGINT DEFAULT '0' NOT NULL,
  lost_30 BIGINT DEFAULT '0' NOT NULL,
  lost_45 BIGINT DEFAULT '0' NOT NULL,
  lost_60 BIGINT DEFAULT '0' NOT NULL,
  lost_90 BIGINT DEFAULT '0' NOT NULL,
  lost_120 BIGINT DEFAULT '0' NOT NULL,
  CONSTRAINT pk_report_flow PRIMARY KEY (tenant, grain, start, project, queue, number, direction)
);

ALTER TABLE "report_flow" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "report_flow" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "report_flow" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

CREATE TABLE report_ends (
  tenant TEXT NOT NULL,
  grain TEXT NOT NULL,
  start TIMESTAMP WITH TIME ZONE NOT NULL,
  project TEXT NOT NULL,
  queue TEXT NOT NULL,
  direction TEXT NOT NULL,
  outcome TEXT NOT NULL,
  cause TEXT NOT NULL,
  contacts BIGINT DEFAULT '0' NOT NULL,
  wait_ms BIGINT DEFAULT '0' NOT NULL,
  CONSTRAINT pk_report_ends PRIMARY KEY (tenant, grain, start, project, queue, direction, outcome, cause)
);

ALTER TABLE "report_ends" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "report_ends" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "report_ends" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

CREATE TABLE report_subjects (
  tenant TEXT NOT NULL,
  grain TEXT NOT NULL,
  start TIMESTAMP WITH TIME ZONE NOT NULL,
  project TEXT NOT NULL,
  direction TEXT NOT NULL,
  topic TEXT NOT NULL,
  result TEXT NOT NULL,
  refusal TEXT NOT NULL,
  contacts BIGINT DEFAULT '0' NOT NULL,
  talk_ms BIGINT DEFAULT '0' NOT NULL,
  CONSTRAINT pk_report_subjects PRIMARY KEY (tenant, grain, start, project, direction, topic, result, refusal)
);

ALTER TABLE "report_subjects" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "report_subjects" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "report_subjects" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

CREATE TABLE report_asked (
  tenant TEXT NOT NULL,
  grain TEXT NOT NULL,
  start TIMESTAMP WITH TIME ZONE NOT NULL,
  project TEXT NOT NULL,
  heard_from TEXT NOT NULL,
  contacts BIGINT DEFAULT '0' NOT NULL,
  nameless BIGINT DEFAULT '0' NOT NULL,
  first BIGINT DEFAULT '0' NOT NULL,
  target BIGINT DEFAULT '0' NOT NULL,
  sales BIGINT DEFAULT '0' NOT NULL,
  first_target BIGINT DEFAULT '0' NOT NULL,
  first_sales BIGINT DEFAULT '0' NOT NULL,
  CONSTRAINT pk_report_asked PRIMARY KEY (tenant, grain, start, project, heard_from)
);

ALTER TABLE "report_asked" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "report_asked" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "report_asked" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

CREATE TABLE report_visits (
  tenant TEXT NOT NULL,
  grain TEXT NOT NULL,
  start TIMESTAMP WITH TIME ZONE NOT NULL,
  project TEXT NOT NULL,
  queue TEXT NOT NULL,
  agent TEXT NOT NULL,
  topic TEXT NOT NULL,
  contacts BIGINT DEFAULT '0' NOT NULL,
  nameless BIGINT DEFAULT '0' NOT NULL,
  first BIGINT DEFAULT '0' NOT NULL,
  again BIGINT DEFAULT '0' NOT NULL,
  first_lost BIGINT DEFAULT '0' NOT NULL,
  judged BIGINT DEFAULT '0' NOT NULL,
  returned BIGINT DEFAULT '0' NOT NULL,
  target BIGINT DEFAULT '0' NOT NULL,
  sales BIGINT DEFAULT '0' NOT NULL,
  first_target BIGINT DEFAULT '0' NOT NULL,
  first_sales BIGINT DEFAULT '0' NOT NULL,
  CONSTRAINT pk_report_visits PRIMARY KEY (tenant, grain, start, project, queue, agent, topic)
);

ALTER TABLE "report_visits" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "report_visits" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "report_visits" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

CREATE TABLE report_agents (
  tenant TEXT NOT NULL,
  grain TEXT NOT NULL,
  start TIMESTAMP WITH TIME ZONE NOT NULL,
  agent TEXT NOT NULL,
  project TEXT NOT NULL,
  queue TEXT NOT NULL,
  contacts BIGINT DEFAULT '0' NOT NULL,
  outbound BIGINT DEFAULT '0' NOT NULL,
  talk_ms BIGINT DEFAULT '0' NOT NULL,
  hold_ms BIGINT DEFAULT '0' NOT NULL,
  offers BIGINT DEFAULT '0' NOT NULL,
  rejected BIGINT DEFAULT '0' NOT NULL,
  timed_out BIGINT DEFAULT '0' NOT NULL,
  transferred BIGINT DEFAULT '0' NOT NULL,
  CONSTRAINT pk_report_agents PRIMARY KEY (tenant, grain, start, agent, project, queue)
);

ALTER TABLE "report_agents" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "report_agents" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "report_agents" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

CREATE TABLE report_states (
  tenant TEXT NOT NULL,
  grain TEXT NOT NULL,
  start TIMESTAMP WITH TIME ZONE NOT NULL,
  agent TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  spent_ms BIGINT DEFAULT '0' NOT NULL,
  CONSTRAINT pk_report_states PRIMARY KEY (tenant, grain, start, agent, state, reason)
);

ALTER TABLE "report_states" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "report_states" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "report_states" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

CREATE TABLE report_sketches (
  tenant TEXT NOT NULL,
  grain TEXT NOT NULL,
  start TIMESTAMP WITH TIME ZONE NOT NULL,
  what TEXT NOT NULL,
  project TEXT NOT NULL,
  queue TEXT NOT NULL,
  bucket INTEGER NOT NULL,
  contacts BIGINT DEFAULT '0' NOT NULL,
  CONSTRAINT pk_report_sketches PRIMARY KEY (tenant, grain, start, what, project, queue, bucket)
);

ALTER TABLE "report_sketches" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "report_sketches" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "report_sketches" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

CREATE TABLE report_agent_states (
  tenant TEXT NOT NULL,
  agent TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  since_ms BIGINT NOT NULL,
  CONSTRAINT pk_report_agent_states PRIMARY KEY (tenant, agent)
);

ALTER TABLE "report_agent_states" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "report_agent_states" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "report_agent_states" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

CREATE TABLE report_people_visits (
  tenant TEXT NOT NULL,
  person TEXT NOT NULL,
  arrived_us BIGINT NOT NULL,
  contact TEXT NOT NULL,
  project TEXT NOT NULL,
  queue TEXT NOT NULL,
  agent TEXT NOT NULL,
  topic TEXT NOT NULL,
  heard_from TEXT NOT NULL,
  flags BIGINT NOT NULL,
  CONSTRAINT pk_report_people_visits PRIMARY KEY (tenant, person, arrived_us, contact)
);

ALTER TABLE "report_people_visits" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "report_people_visits" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "report_people_visits" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

ALTER TABLE report_settings ADD COLUMN return_days INTEGER DEFAULT '7' NOT NULL;

ALTER TABLE report_settings ADD COLUMN sales TEXT[] DEFAULT '{order_taken,sale}' NOT NULL;

ALTER TABLE report_settings ADD COLUMN not_target TEXT[] DEFAULT '{not_target}' NOT NULL;

ALTER TABLE ledger.readers NO FORCE ROW LEVEL SECURITY;

DELETE FROM ledger.readers WHERE projection = 'reports';

ALTER TABLE ledger.readers FORCE ROW LEVEL SECURITY;

CREATE TABLE report_letters (
  tenant TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  email TEXT NOT NULL,
  agent TEXT DEFAULT '' NOT NULL,
  minute INTEGER NOT NULL,
  zone TEXT DEFAULT '' NOT NULL,
  language TEXT DEFAULT 'ru' NOT NULL,
  enabled BOOLEAN DEFAULT 'true' NOT NULL,
  since TIMESTAMP WITH TIME ZONE NOT NULL,
  CONSTRAINT pk_report_letters PRIMARY KEY (tenant, id)
);

ALTER TABLE "report_letters" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "report_letters" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "report_letters" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

CREATE TABLE report_letter_sendings (
  tenant TEXT NOT NULL,
  letter TEXT NOT NULL,
  about DATE NOT NULL,
  kind TEXT NOT NULL,
  email TEXT NOT NULL,
  made_at TIMESTAMP WITH TIME ZONE NOT NULL,
  next_at TIMESTAMP WITH TIME ZONE,
  tries INTEGER DEFAULT '0' NOT NULL,
  delivered_at TIMESTAMP WITH TIME ZONE,
  problem TEXT DEFAULT '' NOT NULL,
  CONSTRAINT pk_report_letter_sendings PRIMARY KEY (tenant, letter, about)
);

CREATE INDEX ix_report_letter_sendings_due ON report_letter_sendings (tenant, next_at) WHERE next_at IS NOT NULL;

CREATE INDEX ix_report_letter_sendings_made ON report_letter_sendings (tenant, made_at);

ALTER TABLE "report_letter_sendings" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "report_letter_sendings" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "report_letter_sendings" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));
