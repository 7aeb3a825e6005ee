-- Appointments: weekly availability -> sessions on dates -> seats; the queue
-- of a day; readings, targets, check-ups, consents, people to be called.

ALTER TABLE service ADD COLUMN bookable INTEGER NOT NULL DEFAULT 0;
ALTER TABLE service ADD COLUMN letter TEXT NOT NULL DEFAULT '';
ALTER TABLE service ADD COLUMN fasting INTEGER NOT NULL DEFAULT 0;
-- A time nearer than this can no longer be booked.
ALTER TABLE service ADD COLUMN lead_minutes INTEGER NOT NULL DEFAULT 0;

CREATE TABLE availability (
    id           BLOB NOT NULL PRIMARY KEY,
    service_id   BLOB NOT NULL REFERENCES service (id),
    weekday      INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
    starts       TEXT NOT NULL,
    ends         TEXT NOT NULL CHECK (ends > starts),
    slot_minutes INTEGER NOT NULL CHECK (slot_minutes BETWEEN 5 AND 240),
    capacity     INTEGER NOT NULL CHECK (capacity BETWEEN 1 AND 60),
    room         TEXT NOT NULL,
    provider     TEXT NOT NULL,
    ended_at     INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX availability_service_id ON availability (service_id);

CREATE TABLE closure (
    day        TEXT NOT NULL PRIMARY KEY,
    name       TEXT NOT NULL,
    removed_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
    id              BLOB NOT NULL PRIMARY KEY,
    service_id      BLOB NOT NULL REFERENCES service (id),
    availability_id BLOB REFERENCES availability (id),
    day             TEXT NOT NULL,
    starts_at       INTEGER NOT NULL,
    ends_at         INTEGER NOT NULL CHECK (ends_at > starts_at),
    slot_minutes    INTEGER NOT NULL,
    capacity        INTEGER NOT NULL,
    room            TEXT NOT NULL,
    provider        TEXT NOT NULL,
    cancelled       TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX session_service_id ON session (service_id, day);
CREATE INDEX session_day ON session (day);
CREATE INDEX session_availability_id ON session (availability_id, day) WHERE availability_id IS NOT NULL;

CREATE TABLE seat (
    session_id BLOB NOT NULL REFERENCES session (id),
    starts_at  INTEGER NOT NULL,
    number     INTEGER NOT NULL,
    PRIMARY KEY (session_id, starts_at, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE appointment (
    id          BLOB NOT NULL PRIMARY KEY,
    resident_id BLOB NOT NULL REFERENCES resident (id),
    session_id  BLOB NOT NULL REFERENCES session (id),
    starts_at   INTEGER NOT NULL,
    ends_at     INTEGER NOT NULL CHECK (ends_at > starts_at),
    seat        INTEGER,
    status      TEXT NOT NULL CHECK (status IN
                ('waitlist', 'booked', 'arrived', 'checked-in', 'fulfilled', 'cancelled', 'noshow')),
    origin      TEXT NOT NULL CHECK (origin IN ('booked', 'walk_in')),
    instead_of  BLOB REFERENCES appointment (id),
    created_at  INTEGER NOT NULL,
    holds       INTEGER NOT NULL GENERATED ALWAYS AS
                (status IN ('booked', 'arrived', 'checked-in', 'fulfilled')) STORED,
    open        INTEGER NOT NULL GENERATED ALWAYS AS
                (status IN ('waitlist', 'booked', 'arrived', 'checked-in')) STORED,
    FOREIGN KEY (session_id, starts_at, seat) REFERENCES seat (session_id, starts_at, number),
    -- Only who waits, or walked in when all was full, has no seat.
    CHECK (seat IS NOT NULL OR status IN ('waitlist', 'cancelled') OR origin = 'walk_in')
) STRICT, WITHOUT ROWID;

-- One seat, one person.
CREATE UNIQUE INDEX appointment_one_seat ON appointment (session_id, starts_at, seat)
    WHERE holds = 1 AND seat IS NOT NULL;
-- One person, once in a session.
CREATE UNIQUE INDEX appointment_one_person ON appointment (session_id, resident_id) WHERE open = 1;
CREATE INDEX appointment_session ON appointment (session_id, starts_at);
CREATE INDEX appointment_resident_id ON appointment (resident_id, starts_at);
CREATE INDEX appointment_instead_of ON appointment (instead_of) WHERE instead_of IS NOT NULL;

-- One person, one place at a time.
CREATE TRIGGER appointment_no_overlap_when_made BEFORE INSERT ON appointment
WHEN (NEW.status = 'booked' OR NEW.status = 'arrived' OR NEW.status = 'checked-in') AND EXISTS (
    SELECT 1 FROM appointment a
    WHERE a.resident_id = NEW.resident_id AND a.id <> NEW.id
      AND a.open = 1 AND a.status <> 'waitlist'
      AND a.starts_at < NEW.ends_at AND a.ends_at > NEW.starts_at)
BEGIN SELECT raise(ABORT, 'overlapping appointment'); END;

CREATE TRIGGER appointment_no_overlap_when_changed BEFORE UPDATE OF status, starts_at, ends_at ON appointment
WHEN (NEW.status = 'booked' OR NEW.status = 'arrived' OR NEW.status = 'checked-in') AND EXISTS (
    SELECT 1 FROM appointment a
    WHERE a.resident_id = NEW.resident_id AND a.id <> NEW.id
      AND a.open = 1 AND a.status <> 'waitlist'
      AND a.starts_at < NEW.ends_at AND a.ends_at > NEW.starts_at)
BEGIN SELECT raise(ABORT, 'overlapping appointment'); END;

CREATE TABLE ticket (
    id             BLOB NOT NULL PRIMARY KEY,
    day            TEXT NOT NULL,
    service_id     BLOB NOT NULL REFERENCES service (id),
    number         INTEGER NOT NULL,
    appointment_id BLOB NOT NULL UNIQUE REFERENCES appointment (id),
    state          TEXT NOT NULL CHECK (state IN ('waiting', 'called', 'skipped', 'done')),
    -- Order in the queue; who is put back goes to the end.
    place          INTEGER NOT NULL,
    room           TEXT NOT NULL,
    issued_at      INTEGER NOT NULL,
    called_at      INTEGER,
    calls          INTEGER NOT NULL DEFAULT 0,
    UNIQUE (day, service_id, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX ticket_service_id ON ticket (service_id);
-- One person at a time in a room.
CREATE UNIQUE INDEX ticket_one_called ON ticket (day, service_id, room) WHERE state = 'called';

CREATE TABLE reading (
    id             BLOB NOT NULL PRIMARY KEY,
    resident_id    BLOB NOT NULL REFERENCES resident (id),
    appointment_id BLOB REFERENCES appointment (id),
    taken_at       INTEGER NOT NULL,
    kind           TEXT NOT NULL,
    timing         TEXT CHECK (timing IN ('fasting', 'after_meal', 'random')),
    value          INTEGER NOT NULL,
    second         INTEGER,
    origin         TEXT NOT NULL CHECK (origin IN ('typed', 'device', 'demo')),
    limits         TEXT NOT NULL,
    staff_id       BLOB REFERENCES staff (id),
    corrects       BLOB REFERENCES reading (id),
    state          TEXT NOT NULL CHECK (state IN ('final', 'superseded', 'entered_in_error')),
    CHECK ((kind = 'blood_pressure') = (second IS NOT NULL)),
    CHECK ((kind = 'glucose') = (timing IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX reading_resident_id ON reading (resident_id, kind, taken_at);
CREATE INDEX reading_taken_at ON reading (taken_at);
CREATE INDEX reading_appointment_id ON reading (appointment_id) WHERE appointment_id IS NOT NULL;
CREATE INDEX reading_staff_id ON reading (staff_id) WHERE staff_id IS NOT NULL;
CREATE INDEX reading_corrects ON reading (corrects) WHERE corrects IS NOT NULL;

-- The single measurements behind an average.
CREATE TABLE reading_part (
    reading_id BLOB NOT NULL REFERENCES reading (id),
    number     INTEGER NOT NULL,
    value      INTEGER NOT NULL,
    second     INTEGER,
    PRIMARY KEY (reading_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE target (
    id          INTEGER PRIMARY KEY,
    resident_id BLOB NOT NULL REFERENCES resident (id),
    kind        TEXT NOT NULL,
    low         INTEGER NOT NULL,
    high        INTEGER NOT NULL CHECK (high >= low),
    low_second  INTEGER,
    high_second INTEGER CHECK (high_second >= low_second),
    set_by      TEXT NOT NULL CHECK (set_by <> ''),
    set_on      TEXT NOT NULL
) STRICT;

CREATE INDEX target_resident_id ON target (resident_id, kind);

CREATE TABLE checkup_item (
    resident_id BLOB NOT NULL REFERENCES resident (id),
    year        INTEGER NOT NULL,
    item        TEXT NOT NULL,
    done_on     TEXT,
    staff_id    BLOB REFERENCES staff (id),
    PRIMARY KEY (resident_id, year, item)
) STRICT, WITHOUT ROWID;

CREATE INDEX checkup_item_year ON checkup_item (year);
CREATE INDEX checkup_item_staff_id ON checkup_item (staff_id) WHERE staff_id IS NOT NULL;

CREATE TABLE consent (
    id          INTEGER PRIMARY KEY,
    resident_id BLOB NOT NULL REFERENCES resident (id),
    purpose     TEXT NOT NULL CHECK (purpose IN ('sharing')),
    given       INTEGER NOT NULL,
    decided_on  TEXT NOT NULL,
    witness     TEXT NOT NULL,
    at          INTEGER NOT NULL
) STRICT;

CREATE INDEX consent_resident_id ON consent (resident_id, purpose);

CREATE TABLE follow_up (
    id             BLOB NOT NULL PRIMARY KEY,
    resident_id    BLOB NOT NULL REFERENCES resident (id),
    appointment_id BLOB REFERENCES appointment (id),
    kind           TEXT NOT NULL CHECK (kind IN ('noshow', 'promoted', 'session_cancelled', 'recheck')),
    raised_at      INTEGER NOT NULL,
    result         TEXT,
    done_at        INTEGER,
    staff_id       BLOB REFERENCES staff (id)
) STRICT, WITHOUT ROWID;

CREATE INDEX follow_up_open ON follow_up (raised_at) WHERE done_at IS NULL;
CREATE INDEX follow_up_resident_id ON follow_up (resident_id);
CREATE INDEX follow_up_appointment_id ON follow_up (appointment_id) WHERE appointment_id IS NOT NULL;
CREATE INDEX follow_up_staff_id ON follow_up (staff_id) WHERE staff_id IS NOT NULL;

-- What a screen shows of an appointment.
CREATE VIEW appointment_shown AS
SELECT a.id, a.resident_id, a.status, a.origin, a.session_id, s.day, a.starts_at, a.ends_at,
       s.service_id, v.name AS service, v.picture, v.fasting, s.room, s.provider,
       v.letter, t.number, a.created_at, a.open, a.seat
FROM appointment a
JOIN session s ON s.id = a.session_id
JOIN service v ON v.id = s.service_id
LEFT JOIN ticket t ON t.appointment_id = a.id;

-- Why somebody is called to: a person pressed the button, or a reading.
ALTER TABLE call ADD COLUMN reason TEXT NOT NULL DEFAULT 'pressed' CHECK (reason IN ('pressed', 'reading'));
