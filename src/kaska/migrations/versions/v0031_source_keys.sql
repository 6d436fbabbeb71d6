ALTER TABLE lookup_sources ADD COLUMN secret TEXT NOT NULL DEFAULT '';
UPDATE lookup_sources SET document = document - 'secret' - 'connection';
