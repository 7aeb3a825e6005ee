-- The caregivers' desk: care plans, family, photos, consents by purpose, merged
-- records, welfare, the shift book, when the kiosk ran, a sealed trail.

-- A record that was entered twice points to the one that is kept.
ALTER TABLE resident ADD COLUMN merged_into_id BLOB REFERENCES resident (id);
ALTER TABLE resident ADD COLUMN archived_as TEXT CHECK (archived_as IN ('moved', 'deceased', 'other', 'erased'));
CREATE INDEX resident_merged_into_id ON resident (merged_into_id) WHERE merged_into_id IS NOT NULL;

-- What moved, so that it can move back.
CREATE TABLE merge (
    id        BLOB NOT NULL PRIMARY KEY,
    kept_id   BLOB NOT NULL REFERENCES resident (id),
    merged_id BLOB NOT NULL REFERENCES resident (id),
    kept      TEXT NOT NULL,
    standing  TEXT NOT NULL,
    made_at   INTEGER NOT NULL,
    undone_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX merge_kept_id ON merge (kept_id);
CREATE INDEX merge_merged_id ON merge (merged_id);

CREATE TABLE merge_row (
    merge_id BLOB NOT NULL REFERENCES merge (id),
    entity   TEXT NOT NULL,
    row      ANY NOT NULL,
    PRIMARY KEY (merge_id, entity, row)
) STRICT, WITHOUT ROWID;

CREATE TABLE care_plan (
    resident_id BLOB NOT NULL PRIMARY KEY REFERENCES resident (id),
    allergies   TEXT NOT NULL,
    notes       TEXT NOT NULL,
    hearing     INTEGER NOT NULL,
    sight       INTEGER NOT NULL,
    wheelchair  INTEGER NOT NULL,
    risk        TEXT CHECK (risk IN ('high', 'key', 'general'))
) STRICT, WITHOUT ROWID;

CREATE TABLE relative (
    id          BLOB NOT NULL PRIMARY KEY,
    resident_id BLOB NOT NULL REFERENCES resident (id),
    name        TEXT NOT NULL CHECK (name <> ''),
    relation    TEXT NOT NULL,
    phone       TEXT NOT NULL,
    collects    INTEGER NOT NULL,
    removed_at  INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX relative_resident_id ON relative (resident_id);

-- Small, and only while the person agrees.
CREATE TABLE photo (
    resident_id BLOB NOT NULL PRIMARY KEY REFERENCES resident (id),
    jpeg        BLOB NOT NULL,
    taken_at    INTEGER NOT NULL
) STRICT;

CREATE TABLE consent_by_purpose (
    id          BLOB NOT NULL PRIMARY KEY,
    resident_id BLOB NOT NULL REFERENCES resident (id),
    purpose     TEXT NOT NULL CHECK (purpose IN ('attendance', 'health', 'photo', 'family', 'sharing')),
    given       INTEGER NOT NULL,
    decided_on  TEXT NOT NULL,
    witness     TEXT NOT NULL,
    guardian    TEXT NOT NULL DEFAULT '',
    at          INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO consent_by_purpose (id, resident_id, purpose, given, decided_on, witness, at)
SELECT unhex(printf('%032x', id)), resident_id, purpose, given, decided_on, witness, at FROM consent;
DROP TABLE consent;
ALTER TABLE consent_by_purpose RENAME TO consent;
CREATE INDEX consent_resident_id ON consent (resident_id, purpose);

-- Somebody was called or visited because they had not been seen.
CREATE TABLE welfare_check (
    id          BLOB NOT NULL PRIMARY KEY,
    resident_id BLOB NOT NULL REFERENCES resident (id),
    at          INTEGER NOT NULL,
    day         TEXT NOT NULL,
    way         TEXT NOT NULL CHECK (way IN ('phone', 'home', 'family')),
    result      TEXT NOT NULL CHECK (result IN ('safe', 'no_answer', 'away', 'help')),
    note        TEXT NOT NULL,
    staff_id    BLOB REFERENCES staff (id)
) STRICT, WITHOUT ROWID;

CREATE INDEX welfare_check_resident_id ON welfare_check (resident_id, at);
CREATE INDEX welfare_check_day ON welfare_check (day);
CREATE INDEX welfare_check_staff_id ON welfare_check (staff_id) WHERE staff_id IS NOT NULL;

CREATE TABLE absence (
    id          BLOB NOT NULL PRIMARY KEY,
    resident_id BLOB NOT NULL REFERENCES resident (id),
    from_on     TEXT NOT NULL,
    until_on    TEXT NOT NULL CHECK (until_on >= from_on),
    reason      TEXT NOT NULL,
    ended_at    INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX absence_resident_id ON absence (resident_id, until_on);

-- When the kiosk ran: one row a start, its end moved while it runs.
CREATE TABLE uptime (
    id         INTEGER PRIMARY KEY,
    started_at INTEGER NOT NULL,
    last_at    INTEGER NOT NULL CHECK (last_at >= started_at)
) STRICT;

CREATE TABLE handover (
    id       BLOB NOT NULL PRIMARY KEY,
    day      TEXT NOT NULL,
    words    TEXT NOT NULL CHECK (words <> ''),
    at       INTEGER NOT NULL,
    staff_id BLOB REFERENCES staff (id),
    done_at  INTEGER,
    done_by  BLOB REFERENCES staff (id)
) STRICT, WITHOUT ROWID;

CREATE INDEX handover_day ON handover (day);
CREATE INDEX handover_staff_id ON handover (staff_id) WHERE staff_id IS NOT NULL;
CREATE INDEX handover_done_by ON handover (done_by) WHERE done_by IS NOT NULL;

CREATE TABLE incident (
    id          BLOB NOT NULL PRIMARY KEY,
    resident_id BLOB REFERENCES resident (id),
    kind        TEXT NOT NULL CHECK (kind IN ('fall', 'quarrel', 'lost', 'unwell', 'other')),
    day         TEXT NOT NULL,
    at          INTEGER NOT NULL,
    words       TEXT NOT NULL,
    measures    TEXT NOT NULL,
    staff_id    BLOB REFERENCES staff (id)
) STRICT, WITHOUT ROWID;

CREATE INDEX incident_day ON incident (day);
CREATE INDEX incident_resident_id ON incident (resident_id) WHERE resident_id IS NOT NULL;
CREATE INDEX incident_staff_id ON incident (staff_id) WHERE staff_id IS NOT NULL;

-- Heat, water off, a flu: shown once to everybody who signs in.
CREATE TABLE notice (
    id       BLOB NOT NULL PRIMARY KEY,
    kind     TEXT NOT NULL CHECK (kind IN ('heat', 'air', 'flood', 'health', 'other')),
    words    TEXT NOT NULL CHECK (words <> ''),
    from_on  TEXT NOT NULL,
    until_on TEXT NOT NULL CHECK (until_on >= from_on),
    ended_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX notice_until_on ON notice (until_on);

CREATE TABLE notice_receipt (
    notice_id   BLOB NOT NULL REFERENCES notice (id),
    resident_id BLOB NOT NULL REFERENCES resident (id),
    read_at     INTEGER NOT NULL,
    PRIMARY KEY (notice_id, resident_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX notice_receipt_resident_id ON notice_receipt (resident_id);

CREATE TABLE phone_number (
    id         BLOB NOT NULL PRIMARY KEY,
    name       TEXT NOT NULL CHECK (name <> ''),
    phone      TEXT NOT NULL CHECK (phone <> ''),
    removed_at INTEGER
) STRICT, WITHOUT ROWID;

-- That somebody was erased, and how much of them; not who they were.
CREATE TABLE erasure (
    id          BLOB NOT NULL PRIMARY KEY,
    resident_id BLOB NOT NULL REFERENCES resident (id),
    at          INTEGER NOT NULL,
    reason      TEXT NOT NULL CHECK (reason <> ''),
    counts      TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX erasure_resident_id ON erasure (resident_id);

-- A row of the trail is sealed: a salted digest of what it says, chained to the
-- row before. Erasing removes words and salt; the digest and the chain stay.
ALTER TABLE audit ADD COLUMN salt BLOB;
ALTER TABLE audit ADD COLUMN digest BLOB;
ALTER TABLE audit ADD COLUMN seal BLOB;

ALTER TABLE staff ADD COLUMN signed_out_at INTEGER;

-- Person-days in order: every figure is one walk over this index.
CREATE INDEX visit_person_day ON visit (day, resident_id) WHERE counted = 1;

-- Why somebody is called to may be a welfare check.
CREATE TABLE call_for_any_reason (
    id          BLOB NOT NULL PRIMARY KEY,
    raised_at   INTEGER NOT NULL,
    resident_id BLOB REFERENCES resident (id),
    ended_at    INTEGER,
    answered_by BLOB REFERENCES staff (id),
    reason      TEXT NOT NULL DEFAULT 'pressed' CHECK (reason IN ('pressed', 'reading', 'welfare'))
) STRICT, WITHOUT ROWID;

INSERT INTO call_for_any_reason (id, raised_at, resident_id, ended_at, answered_by, reason)
SELECT id, raised_at, resident_id, ended_at, answered_by, reason FROM call;
DROP TABLE call;
ALTER TABLE call_for_any_reason RENAME TO call;
CREATE INDEX call_open ON call (raised_at) WHERE ended_at IS NULL;
CREATE INDEX call_resident_id ON call (resident_id) WHERE resident_id IS NOT NULL;
CREATE INDEX call_answered_by ON call (answered_by) WHERE answered_by IS NOT NULL;

-- What stands out of the counting is found without walking all visits.
CREATE INDEX visit_other_words ON visit (day, resident_id) WHERE counted = 1 AND other_words <> '';
CREATE INDEX visit_not_recorded ON visit (day) WHERE counted = 1 AND state = 'not_recorded';
