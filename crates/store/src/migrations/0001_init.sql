-- Instants are UTC milliseconds (*_at), days are local dates (*_on, day).
-- Rows are corrected by new rows; nothing here is ever deleted.

CREATE TABLE setting (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
    id              BLOB NOT NULL PRIMARY KEY,
    name            TEXT NOT NULL CHECK (name <> ''),
    role            TEXT NOT NULL CHECK (role IN ('caregiver', 'nurse', 'manager')),
    pin_hash        TEXT NOT NULL,
    failures        INTEGER NOT NULL DEFAULT 0,
    locked_until_at INTEGER,
    archived_at     INTEGER,
    created_at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE resident (
    id            BLOB NOT NULL PRIMARY KEY,
    name          TEXT NOT NULL CHECK (name <> ''),
    called_by     TEXT NOT NULL,
    sex           TEXT CHECK (sex IN ('male', 'female')),
    born_on       TEXT,
    id_hash       BLOB,
    phone         TEXT NOT NULL,
    yard          TEXT NOT NULL,
    door          TEXT NOT NULL,
    grid          TEXT NOT NULL,
    living        TEXT CHECK (living IN ('alone', 'empty_nest', 'with_spouse', 'with_children', 'other')),
    contact_name  TEXT NOT NULL,
    contact_phone TEXT NOT NULL,
    remark        TEXT NOT NULL,
    pinyin        TEXT NOT NULL,
    picture       TEXT NOT NULL,
    escort        TEXT NOT NULL CHECK (escort IN ('none', 'ask', 'staff')),
    standing      TEXT NOT NULL DEFAULT 'active' CHECK (standing IN ('active', 'archived')),
    created_at    INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX resident_name ON resident (name);
CREATE UNIQUE INDEX resident_id_hash ON resident (id_hash) WHERE id_hash IS NOT NULL;

CREATE TABLE card (
    id            BLOB NOT NULL PRIMARY KEY,
    resident_id   BLOB NOT NULL REFERENCES resident (id),
    code          TEXT NOT NULL UNIQUE,
    issued_at     INTEGER NOT NULL,
    revoked_at    INTEGER,
    revoke_reason TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX card_resident_id ON card (resident_id);

CREATE TABLE service (
    id      BLOB NOT NULL PRIMARY KEY,
    name    TEXT NOT NULL UNIQUE,
    picture TEXT NOT NULL,
    meal    INTEGER NOT NULL DEFAULT 0,
    place   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE service_synonym (
    word       TEXT NOT NULL PRIMARY KEY,
    service_id BLOB NOT NULL REFERENCES service (id)
) STRICT, WITHOUT ROWID;

CREATE INDEX service_synonym_service_id ON service_synonym (service_id);

CREATE TABLE visit (
    id           BLOB NOT NULL PRIMARY KEY,
    resident_id  BLOB NOT NULL REFERENCES resident (id),
    day          TEXT NOT NULL,
    arrived_at   INTEGER NOT NULL,
    left_at      INTEGER CHECK (left_at >= arrived_at),
    state        TEXT NOT NULL CHECK (state IN ('open', 'left', 'not_recorded', 'void', 'superseded')),
    source       TEXT NOT NULL,
    way          TEXT CHECK (way IN ('family', 'alone', 'ride')),
    other_words  TEXT NOT NULL DEFAULT '',
    corrects     BLOB REFERENCES visit (id),
    duplicate_of BLOB REFERENCES visit (id),
    counted      INTEGER NOT NULL GENERATED ALWAYS AS
                 (state IN ('open', 'left', 'not_recorded') AND duplicate_of IS NULL) VIRTUAL,
    CHECK ((state = 'left') <= (left_at IS NOT NULL)),
    CHECK ((state IN ('open', 'not_recorded')) <= (left_at IS NULL))
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX visit_one_open ON visit (resident_id)
    WHERE state = 'open' AND duplicate_of IS NULL;
CREATE INDEX visit_resident_id ON visit (resident_id, arrived_at);
CREATE INDEX visit_day ON visit (day, arrived_at, id) WHERE counted = 1;
CREATE INDEX visit_corrects ON visit (corrects) WHERE corrects IS NOT NULL;
CREATE INDEX visit_duplicate_of ON visit (duplicate_of) WHERE duplicate_of IS NOT NULL;

CREATE TABLE visit_service (
    visit_id   BLOB NOT NULL REFERENCES visit (id),
    service_id BLOB NOT NULL REFERENCES service (id),
    PRIMARY KEY (visit_id, service_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX visit_service_service_id ON visit_service (service_id);

CREATE TABLE call (
    id          BLOB NOT NULL PRIMARY KEY,
    raised_at   INTEGER NOT NULL,
    resident_id BLOB REFERENCES resident (id),
    ended_at    INTEGER,
    answered_by BLOB REFERENCES staff (id)
) STRICT, WITHOUT ROWID;

CREATE INDEX call_open ON call (raised_at) WHERE ended_at IS NULL;
CREATE INDEX call_resident_id ON call (resident_id) WHERE resident_id IS NOT NULL;
CREATE INDEX call_answered_by ON call (answered_by) WHERE answered_by IS NOT NULL;

CREATE TABLE unknown_scan (
    id      INTEGER PRIMARY KEY,
    at      INTEGER NOT NULL,
    tail    TEXT NOT NULL,
    seen_at INTEGER
) STRICT;

CREATE TABLE audit (
    id        INTEGER PRIMARY KEY,
    at        INTEGER NOT NULL,
    actor     TEXT NOT NULL,
    staff_id  BLOB REFERENCES staff (id),
    action    TEXT NOT NULL,
    entity    TEXT NOT NULL,
    entity_id BLOB NOT NULL,
    before    TEXT,
    after     TEXT,
    reason    TEXT
) STRICT;

CREATE INDEX audit_entity ON audit (entity_id);
CREATE INDEX audit_staff_id ON audit (staff_id) WHERE staff_id IS NOT NULL;

CREATE TABLE outbox (
    seq       INTEGER PRIMARY KEY AUTOINCREMENT,
    op_id     BLOB NOT NULL UNIQUE,
    at        INTEGER NOT NULL,
    action    TEXT NOT NULL,
    entity    TEXT NOT NULL,
    entity_id BLOB NOT NULL,
    body      TEXT
) STRICT;
