ALTER TABLE contacts ADD COLUMN fax TEXT NOT NULL DEFAULT '';
ALTER TABLE contacts ADD COLUMN fax_pages INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contacts ADD COLUMN fax_station TEXT NOT NULL DEFAULT '';
ALTER TABLE contacts ADD COLUMN fax_problem TEXT NOT NULL DEFAULT '';
CREATE INDEX ix_contacts_faxes ON contacts (tenant, ended_at, id) WHERE fax <> '';
