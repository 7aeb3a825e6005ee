-- Activities: series by rule, single changes, who is signed up and how they
-- took part; rooms and teams; volunteers, what they do and for how long.

CREATE TABLE room (
    id          BLOB NOT NULL PRIMARY KEY,
    name        TEXT NOT NULL UNIQUE CHECK (name <> ''),
    capacity    INTEGER CHECK (capacity > 0),
    archived_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE team (
    id    BLOB NOT NULL PRIMARY KEY,
    name  TEXT NOT NULL UNIQUE CHECK (name <> ''),
    place INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE activity (
    id         BLOB NOT NULL PRIMARY KEY,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- How an activity is from one day on. A change from now on ends one series and
-- begins the next; a series that ends before it begins was planned and given up.
CREATE TABLE activity_series (
    id             BLOB NOT NULL PRIMARY KEY,
    activity_id    BLOB NOT NULL REFERENCES activity (id),
    name           TEXT NOT NULL CHECK (name <> ''),
    picture        TEXT NOT NULL,
    rule           TEXT NOT NULL,
    starts_on      TEXT NOT NULL,
    until          TEXT,
    starts         TEXT NOT NULL,
    ends           TEXT NOT NULL CHECK (ends > starts),
    room_id        BLOB REFERENCES room (id),
    team_id        BLOB REFERENCES team (id),
    leader         TEXT NOT NULL,
    capacity       INTEGER CHECK (capacity > 0),
    opens_days     INTEGER NOT NULL,
    closes_minutes INTEGER NOT NULL,
    notice         TEXT NOT NULL,
    notice_on     TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX activity_series_activity_id ON activity_series (activity_id, starts_on);
CREATE INDEX activity_series_starts_on ON activity_series (starts_on);
CREATE INDEX activity_series_room_id ON activity_series (room_id) WHERE room_id IS NOT NULL;
CREATE INDEX activity_series_team_id ON activity_series (team_id) WHERE team_id IS NOT NULL;

-- What is different on one day, known by the day that the rule gives it.
CREATE TABLE activity_change (
    activity_id BLOB NOT NULL REFERENCES activity (id),
    day         TEXT NOT NULL,
    held_on     TEXT NOT NULL,
    starts      TEXT NOT NULL,
    ends        TEXT NOT NULL CHECK (ends > starts),
    room_id     BLOB REFERENCES room (id),
    team_id     BLOB REFERENCES team (id),
    leader      TEXT NOT NULL,
    capacity    INTEGER CHECK (capacity > 0),
    cancelled   TEXT,
    undone_at   INTEGER,
    PRIMARY KEY (activity_id, day)
) STRICT, WITHOUT ROWID;

CREATE INDEX activity_change_day ON activity_change (day);
CREATE INDEX activity_change_held_on ON activity_change (held_on);
CREATE INDEX activity_change_room_id ON activity_change (room_id) WHERE room_id IS NOT NULL;
CREATE INDEX activity_change_team_id ON activity_change (team_id) WHERE team_id IS NOT NULL;

CREATE TABLE enrolment (
    id          BLOB NOT NULL PRIMARY KEY,
    activity_id BLOB NOT NULL REFERENCES activity (id),
    day         TEXT NOT NULL,
    resident_id BLOB NOT NULL REFERENCES resident (id),
    status      TEXT NOT NULL CHECK (status IN ('waitlist', 'booked', 'cancelled')),
    origin      TEXT NOT NULL CHECK (origin IN ('booked', 'walk_in')),
    place       INTEGER CHECK (place > 0),
    outcome     TEXT CHECK (outcome IN ('attended', 'left_early', 'declined', 'absent')),
    mood        TEXT CHECK (mood IN ('cheerful', 'calm', 'low')),
    created_at  INTEGER NOT NULL,
    -- Only who came unasked has no place of their own.
    CHECK (place IS NOT NULL OR status <> 'booked' OR origin = 'walk_in'),
    CHECK (place IS NULL OR status = 'booked')
) STRICT, WITHOUT ROWID;

-- One place, one person; one person, one place.
CREATE UNIQUE INDEX enrolment_one_place ON enrolment (activity_id, day, place) WHERE place IS NOT NULL;
CREATE UNIQUE INDEX enrolment_one_person ON enrolment (activity_id, day, resident_id)
    WHERE status <> 'cancelled';
CREATE INDEX enrolment_day ON enrolment (day);
CREATE INDEX enrolment_resident_id ON enrolment (resident_id, day);

CREATE TABLE volunteer (
    id              BLOB NOT NULL PRIMARY KEY,
    name            TEXT NOT NULL CHECK (name <> ''),
    team_id         BLOB NOT NULL REFERENCES team (id),
    resident_id     BLOB UNIQUE REFERENCES resident (id),
    phone           TEXT NOT NULL,
    pin_hash        TEXT,
    failures        INTEGER NOT NULL DEFAULT 0,
    locked_until_at INTEGER,
    archived_at     INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX volunteer_team_id ON volunteer (team_id);

CREATE TABLE duty (
    id      BLOB NOT NULL PRIMARY KEY,
    name    TEXT NOT NULL UNIQUE CHECK (name <> ''),
    picture TEXT NOT NULL,
    place   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE shift (
    id           BLOB NOT NULL PRIMARY KEY,
    volunteer_id BLOB REFERENCES volunteer (id),
    staff_id     BLOB REFERENCES staff (id),
    team_id      BLOB REFERENCES team (id),
    duty_id      BLOB REFERENCES duty (id),
    day          TEXT NOT NULL,
    started_at   INTEGER NOT NULL,
    ended_at     INTEGER CHECK (ended_at >= started_at),
    state        TEXT NOT NULL CHECK (state IN ('open', 'left', 'not_recorded', 'void', 'superseded')),
    corrects     BLOB REFERENCES shift (id),
    CHECK ((volunteer_id IS NULL) <> (staff_id IS NULL)),
    CHECK ((state = 'left') <= (ended_at IS NOT NULL)),
    CHECK ((state IN ('open', 'not_recorded')) <= (ended_at IS NULL))
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX shift_one_open_volunteer ON shift (volunteer_id) WHERE state = 'open' AND volunteer_id IS NOT NULL;
CREATE UNIQUE INDEX shift_one_open_staff ON shift (staff_id) WHERE state = 'open' AND staff_id IS NOT NULL;
CREATE INDEX shift_volunteer_id ON shift (volunteer_id, day) WHERE volunteer_id IS NOT NULL;
CREATE INDEX shift_staff_id ON shift (staff_id, day) WHERE staff_id IS NOT NULL;
CREATE INDEX shift_team_id ON shift (team_id) WHERE team_id IS NOT NULL;
CREATE INDEX shift_duty_id ON shift (duty_id) WHERE duty_id IS NOT NULL;
CREATE INDEX shift_corrects ON shift (corrects) WHERE corrects IS NOT NULL;
CREATE INDEX shift_day ON shift (day);

-- A card may be a volunteer's; a volunteer who is a resident has the resident's.
CREATE TABLE card_of_anybody (
    id            BLOB NOT NULL PRIMARY KEY,
    resident_id   BLOB REFERENCES resident (id),
    volunteer_id  BLOB REFERENCES volunteer (id),
    code          TEXT NOT NULL UNIQUE,
    issued_at     INTEGER NOT NULL,
    revoked_at    INTEGER,
    revoke_reason TEXT,
    CHECK ((resident_id IS NULL) <> (volunteer_id IS NULL))
) STRICT, WITHOUT ROWID;

INSERT INTO card_of_anybody (id, resident_id, code, issued_at, revoked_at, revoke_reason)
SELECT id, resident_id, code, issued_at, revoked_at, revoke_reason FROM card;
DROP TABLE card;
ALTER TABLE card_of_anybody RENAME TO card;
CREATE INDEX card_resident_id ON card (resident_id) WHERE resident_id IS NOT NULL;
CREATE INDEX card_volunteer_id ON card (volunteer_id) WHERE volunteer_id IS NOT NULL;

-- Who is to be called may be so about an activity, also because it was moved.
CREATE TABLE follow_up_of_anything (
    id             BLOB NOT NULL PRIMARY KEY,
    resident_id    BLOB NOT NULL REFERENCES resident (id),
    appointment_id BLOB REFERENCES appointment (id),
    enrolment_id   BLOB REFERENCES enrolment (id),
    kind           TEXT NOT NULL CHECK (kind IN ('noshow', 'promoted', 'session_cancelled', 'recheck', 'moved')),
    raised_at      INTEGER NOT NULL,
    result         TEXT,
    done_at        INTEGER,
    staff_id       BLOB REFERENCES staff (id)
) STRICT, WITHOUT ROWID;

INSERT INTO follow_up_of_anything (id, resident_id, appointment_id, kind, raised_at, result, done_at, staff_id)
SELECT id, resident_id, appointment_id, kind, raised_at, result, done_at, staff_id FROM follow_up;
DROP TABLE follow_up;
ALTER TABLE follow_up_of_anything RENAME TO follow_up;
CREATE INDEX follow_up_open ON follow_up (raised_at) WHERE done_at IS NULL;
CREATE INDEX follow_up_resident_id ON follow_up (resident_id);
CREATE INDEX follow_up_appointment_id ON follow_up (appointment_id) WHERE appointment_id IS NOT NULL;
CREATE INDEX follow_up_enrolment_id ON follow_up (enrolment_id) WHERE enrolment_id IS NOT NULL;
CREATE INDEX follow_up_staff_id ON follow_up (staff_id) WHERE staff_id IS NOT NULL;

-- What a screen shows of an enrolment.
CREATE VIEW enrolment_shown AS
SELECT e.id, e.activity_id, e.day, e.resident_id, e.status, e.origin, e.outcome, e.mood,
       s.name, s.picture, coalesce(r.name, '') AS room,
       coalesce(c.held_on, e.day) AS held_on, coalesce(c.starts, s.starts) AS starts,
       coalesce(c.ends, s.ends) AS ends,
       coalesce(c.cancelled, (SELECT l.name FROM closure l
           WHERE l.day = coalesce(c.held_on, e.day) AND l.removed_at IS NULL)) AS cancelled
FROM enrolment e
LEFT JOIN activity_change c ON c.activity_id = e.activity_id AND c.day = e.day AND c.undone_at IS NULL
JOIN activity_series s ON s.id = (
    SELECT x.id FROM activity_series x
    WHERE x.activity_id = e.activity_id AND x.starts_on <= e.day AND coalesce(x.until, e.day) >= x.starts_on
    ORDER BY coalesce(x.until, e.day) >= e.day DESC, x.starts_on DESC, x.id DESC LIMIT 1)
LEFT JOIN room r ON r.id = CASE WHEN c.day IS NULL THEN s.room_id ELSE c.room_id END;
