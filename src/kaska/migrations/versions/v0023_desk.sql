ALTER TABLE customer_fields ADD COLUMN title_en TEXT NOT NULL DEFAULT '';

ALTER TABLE customer_fields ADD COLUMN required BOOLEAN NOT NULL DEFAULT false;

ALTER TABLE customer_fields ADD COLUMN unrecorded BOOLEAN NOT NULL DEFAULT false;

ALTER TABLE customer_fields ADD COLUMN archived BOOLEAN NOT NULL DEFAULT false;
