-- Sync with a hub. Off until a hub is enrolled; the triggers that note each edit
-- are made then, from the schema as it is.
DROP TABLE outbox;

-- Edits whose result has not come back, in the order they were made.
CREATE TABLE op (
    number  INTEGER PRIMARY KEY AUTOINCREMENT,
    id      BLOB UNIQUE,
    tbl     TEXT NOT NULL,
    row     TEXT NOT NULL,
    deed    TEXT NOT NULL CHECK (deed IN ('insert', 'update', 'delete', 'erase')),
    fields  TEXT,
    was     TEXT,
    under   TEXT,
    hlc     INTEGER,
    settled INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX op_row ON op (tbl, row);
CREATE INDEX op_unstamped ON op (number) WHERE id IS NULL;
CREATE INDEX op_settled ON op (number) WHERE settled = 1;

-- One row while a hub is enrolled.
CREATE TABLE sync_state (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    hub         TEXT NOT NULL,
    centre      BLOB NOT NULL,
    kiosk       BLOB NOT NULL,
    ordinal     INTEGER NOT NULL,
    accounts    INTEGER NOT NULL,
    incarnation INTEGER NOT NULL DEFAULT 1,
    acked       INTEGER NOT NULL DEFAULT 0,
    cursor      INTEGER NOT NULL DEFAULT 0,
    -- Which op that was: the hub is asked whether it still is.
    cursor_op   BLOB,
    head        INTEGER NOT NULL DEFAULT 0,
    hlc         INTEGER NOT NULL DEFAULT 0,
    offset_ms   INTEGER NOT NULL DEFAULT 0,
    -- While what others wrote is put in place, nothing is noted as our own.
    applying    INTEGER NOT NULL DEFAULT 0,
    synced_at   INTEGER,
    trouble     TEXT NOT NULL DEFAULT ''
) STRICT;

-- How old each row is by the hub's word, and whether it is gone: told again, with
-- that instant, to a hub that was put back from a backup.
CREATE TABLE row_heard (
    tbl  TEXT NOT NULL,
    row  TEXT NOT NULL,
    at   INTEGER NOT NULL,
    gone INTEGER NOT NULL,
    PRIMARY KEY (tbl, row)
) STRICT, WITHOUT ROWID;

-- What came of ops that people must look at.
CREATE TABLE sync_notice (
    op_id   BLOB NOT NULL PRIMARY KEY,
    tbl     TEXT NOT NULL,
    row     TEXT NOT NULL,
    outcome TEXT NOT NULL,
    other   TEXT NOT NULL,
    at      INTEGER NOT NULL,
    seen_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX sync_notice_row ON sync_notice (tbl, row) WHERE seen_at IS NULL;

-- Places of a session or an activity that the hub knows of.
CREATE TABLE pool (
    id       TEXT NOT NULL PRIMARY KEY,
    capacity INTEGER,
    until    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Places that the hub keeps for one kiosk.
CREATE TABLE seat_lease (
    pool  TEXT NOT NULL,
    seat  INTEGER NOT NULL,
    mine  INTEGER NOT NULL,
    until INTEGER NOT NULL,
    PRIMARY KEY (pool, seat)
) STRICT, WITHOUT ROWID;

-- A row is known by the same identifier on every kiosk.
CREATE TABLE target_of_anybody (
    id          BLOB NOT NULL PRIMARY KEY,
    resident_id BLOB NOT NULL REFERENCES resident (id),
    kind        TEXT NOT NULL,
    low         INTEGER NOT NULL,
    high        INTEGER NOT NULL CHECK (high >= low),
    low_second  INTEGER,
    high_second INTEGER CHECK (high_second >= low_second),
    set_by      TEXT NOT NULL CHECK (set_by <> ''),
    set_on      TEXT NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO target_of_anybody (id, resident_id, kind, low, high, low_second, high_second, set_by, set_on)
SELECT unhex(printf('%032x', id)), resident_id, kind, low, high, low_second, high_second, set_by, set_on FROM target;
DROP TABLE target;
ALTER TABLE target_of_anybody RENAME TO target;
CREATE INDEX target_resident_id ON target (resident_id, kind);

-- Who lost a place that was promised without a network is to be called.
CREATE TABLE follow_up_of_sync (
    id             BLOB NOT NULL PRIMARY KEY,
    resident_id    BLOB NOT NULL REFERENCES resident (id),
    appointment_id BLOB REFERENCES appointment (id),
    enrolment_id   BLOB REFERENCES enrolment (id),
    kind           TEXT NOT NULL CHECK (kind IN ('noshow', 'promoted', 'session_cancelled', 'recheck', 'moved', 'displaced')),
    raised_at      INTEGER NOT NULL,
    result         TEXT,
    done_at        INTEGER,
    staff_id       BLOB REFERENCES staff (id)
) STRICT, WITHOUT ROWID;

INSERT INTO follow_up_of_sync (id, resident_id, appointment_id, enrolment_id, kind, raised_at, result, done_at, staff_id)
SELECT id, resident_id, appointment_id, enrolment_id, kind, raised_at, result, done_at, staff_id FROM follow_up;
DROP TABLE follow_up;
ALTER TABLE follow_up_of_sync RENAME TO follow_up;
CREATE INDEX follow_up_open ON follow_up (raised_at) WHERE done_at IS NULL;
CREATE INDEX follow_up_resident_id ON follow_up (resident_id);
CREATE INDEX follow_up_appointment_id ON follow_up (appointment_id) WHERE appointment_id IS NOT NULL;
CREATE INDEX follow_up_enrolment_id ON follow_up (enrolment_id) WHERE enrolment_id IS NOT NULL;
CREATE INDEX follow_up_staff_id ON follow_up (staff_id) WHERE staff_id IS NOT NULL;

-- What another kiosk has written is kept, and people decide: only what is
-- written here is refused.
DROP TRIGGER appointment_no_overlap_when_made;
DROP TRIGGER appointment_no_overlap_when_changed;

CREATE TRIGGER appointment_no_overlap_when_made BEFORE INSERT ON appointment
WHEN (NEW.status = 'booked' OR NEW.status = 'arrived' OR NEW.status = 'checked-in') AND EXISTS (
    SELECT 1 FROM appointment a
    WHERE a.resident_id = NEW.resident_id AND a.id <> NEW.id
      AND a.open = 1 AND a.status <> 'waitlist'
      AND a.starts_at < NEW.ends_at AND a.ends_at > NEW.starts_at)
  AND NOT EXISTS (SELECT 1 FROM sync_state WHERE applying > 0)
BEGIN SELECT raise(ABORT, 'overlapping appointment'); END;

CREATE TRIGGER appointment_no_overlap_when_changed BEFORE UPDATE OF status, starts_at, ends_at ON appointment
WHEN (NEW.status = 'booked' OR NEW.status = 'arrived' OR NEW.status = 'checked-in') AND EXISTS (
    SELECT 1 FROM appointment a
    WHERE a.resident_id = NEW.resident_id AND a.id <> NEW.id
      AND a.open = 1 AND a.status <> 'waitlist'
      AND a.starts_at < NEW.ends_at AND a.ends_at > NEW.starts_at)
  AND NOT EXISTS (SELECT 1 FROM sync_state WHERE applying > 0)
BEGIN SELECT raise(ABORT, 'overlapping appointment'); END;
