-- Up to which line of the log nothing is said of anybody any more. Lines below the
-- floor are emptied in the background, a few at a time.
ALTER TABLE centre_head ADD COLUMN log_emptied bigint NOT NULL DEFAULT 0;
