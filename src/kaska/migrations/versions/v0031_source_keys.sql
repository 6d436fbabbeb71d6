ALTER TABLE lookup_sources ADD COLUMN secret TEXT NOT NULL DEFAULT '';
ALTER TABLE lookup_sources NO FORCE ROW LEVEL SECURITY;
UPDATE lookup_sources SET document = document - 'secret' - 'connection';
ALTER TABLE lookup_sources FORCE ROW LEVEL SECURITY;
