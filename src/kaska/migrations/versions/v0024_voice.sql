ALTER TABLE queues ADD COLUMN after_talk TEXT NOT NULL DEFAULT '';

ALTER TABLE queues ADD COLUMN screened BOOLEAN NOT NULL DEFAULT false;

CREATE TABLE survey_answers (
  tenant TEXT NOT NULL,
  contact TEXT NOT NULL,
  survey TEXT NOT NULL,
  question TEXT NOT NULL,
  agent TEXT NOT NULL,
  queue TEXT NOT NULL,
  asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
  answer TEXT DEFAULT '' NOT NULL,
  CONSTRAINT pk_survey_answers PRIMARY KEY (tenant, contact, survey, question, agent)
);

CREATE INDEX ix_survey_answers_asked ON survey_answers (tenant, asked_at);

ALTER TABLE "survey_answers" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "survey_answers" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "survey_answers" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));

ALTER TABLE prompts ADD COLUMN number INTEGER NOT NULL DEFAULT 0;

UPDATE prompts SET number = numbered.place FROM (SELECT tenant, id, row_number() OVER (PARTITION BY tenant ORDER BY at, id) AS place FROM prompts) AS numbered WHERE prompts.tenant = numbered.tenant AND prompts.id = numbered.id;

CREATE TABLE dictated_prompts (
  tenant TEXT NOT NULL,
  dictation TEXT NOT NULL,
  agent TEXT NOT NULL,
  number TEXT NOT NULL,
  recording TEXT NOT NULL,
  result TEXT NOT NULL,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  state TEXT DEFAULT 'new' NOT NULL,
  CONSTRAINT pk_dictated_prompts PRIMARY KEY (tenant, dictation)
);

ALTER TABLE "dictated_prompts" ENABLE ROW LEVEL SECURITY;

ALTER TABLE "dictated_prompts" FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant_wall ON "dictated_prompts" USING (tenant = current_setting('kaska.tenant', true)) WITH CHECK (tenant = current_setting('kaska.tenant', true));
