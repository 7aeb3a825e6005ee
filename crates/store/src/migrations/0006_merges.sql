-- Merges are synced: a second kiosk takes them back, and rows that come late to a
-- merged file move to the file that is kept.
CREATE TABLE merge_of_files (
    id          BLOB NOT NULL PRIMARY KEY,
    -- The file that is kept.
    resident_id BLOB NOT NULL REFERENCES resident (id),
    merged_id   BLOB NOT NULL REFERENCES resident (id),
    -- One more than every merge that was known where this one was made.
    number      INTEGER NOT NULL,
    -- The kept file before and after, as JSON; empty once the merge is taken back.
    kept        TEXT NOT NULL,
    standing    TEXT NOT NULL,
    made_at     INTEGER NOT NULL,
    undone_at   INTEGER,
    -- Keyed hashes of identity numbers, as JSON: of this machine, and never synced.
    hashes      TEXT
) STRICT, WITHOUT ROWID;

INSERT INTO merge_of_files (id, resident_id, merged_id, number, kept, standing, made_at, undone_at, hashes)
SELECT id, kept_id, merged_id, row_number() OVER (ORDER BY id),
       iif(undone_at IS NULL, json_remove(kept, '$.before.id_hash', '$.after.id_hash', '$.other_hash'), ''),
       standing, made_at, undone_at,
       iif(undone_at IS NULL, json_object('before', json_extract(kept, '$.before.id_hash'),
           'after', json_extract(kept, '$.after.id_hash'), 'other', json_extract(kept, '$.other_hash')), NULL)
FROM merge;

CREATE TABLE merged_row (
    merge_id BLOB NOT NULL REFERENCES merge_of_files (id),
    entity   TEXT NOT NULL,
    -- Key of the row: an identifier as hexadecimal digits, or words.
    row      TEXT NOT NULL,
    PRIMARY KEY (merge_id, entity, row)
) STRICT, WITHOUT ROWID;

INSERT INTO merged_row (merge_id, entity, row)
SELECT merge_id, entity, iif(typeof(row) = 'blob', lower(hex(row)), row) FROM merge_row;

DROP TABLE merge_row;
DROP TABLE merge;
ALTER TABLE merge_of_files RENAME TO merge;
ALTER TABLE merged_row RENAME TO merge_row;
CREATE INDEX merge_resident_id ON merge (resident_id);
CREATE INDEX merge_merged_id ON merge (merged_id);

-- Which decision is the later one is counted, never told by a clock: each has one
-- more than those known where it was made. Decisions of before have 0 and stand in
-- the order of their identifiers. Of two that knew nothing of each other a refusal
-- stands.
ALTER TABLE consent ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
ALTER TABLE target ADD COLUMN number INTEGER NOT NULL DEFAULT 0;

CREATE VIEW consent_in_force AS
SELECT c.* FROM consent c
WHERE c.id = (SELECT l.id FROM consent l
              WHERE l.resident_id = c.resident_id AND l.purpose = c.purpose
              ORDER BY l.number DESC, l.number > 0 AND l.given, l.id DESC LIMIT 1);

CREATE VIEW target_in_force AS
SELECT t.* FROM target t
WHERE t.id = (SELECT l.id FROM target l
              WHERE l.resident_id = t.resident_id AND l.kind = t.kind
              ORDER BY l.number DESC, l.id DESC LIMIT 1);
