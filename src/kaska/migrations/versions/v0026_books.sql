ALTER TABLE users ADD COLUMN email TEXT NOT NULL DEFAULT '';

ALTER TABLE report_letters ADD COLUMN each BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE report_letters ADD COLUMN project TEXT NOT NULL DEFAULT '';
ALTER TABLE report_letters ADD COLUMN made_about DATE;

ALTER TABLE report_letter_sendings ADD COLUMN person TEXT NOT NULL DEFAULT '';
ALTER TABLE report_letter_sendings DROP CONSTRAINT pk_report_letter_sendings;
ALTER TABLE report_letter_sendings
  ADD CONSTRAINT pk_report_letter_sendings PRIMARY KEY (tenant, letter, about, person);
