-- One centre's rows are seen only by transactions that say its name. Every key
-- begins with centre_id, so that the tables can be spread over machines by it.

CREATE TABLE centre (
    id         uuid PRIMARY KEY,
    name       text NOT NULL CHECK (name <> ''),
    created_at timestamptz NOT NULL DEFAULT now()
);

-- Whose a certificate is, and what a one-time code lets in: looked up before the
-- centre is known. No personal data.
CREATE TABLE cert (
    sha256    bytea PRIMARY KEY,
    centre_id uuid NOT NULL,
    kiosk_id  uuid NOT NULL,
    not_after timestamptz NOT NULL
);

CREATE TABLE enrol_code (
    sha256     bytea PRIMARY KEY,
    centre_id  uuid NOT NULL,
    accounts   boolean NOT NULL,
    -- Given by whoever runs the hub, or by the kiosk that keeps the accounts.
    trusted    boolean NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz
);

CREATE TABLE centre_head (
    centre_id    uuid PRIMARY KEY,
    cseq         bigint NOT NULL DEFAULT 0,
    log_floor    bigint NOT NULL DEFAULT 0,
    next_ordinal integer NOT NULL DEFAULT 0
);

CREATE TABLE kiosk (
    centre_id   uuid NOT NULL,
    kiosk_id    uuid NOT NULL,
    ordinal     integer NOT NULL,
    accounts    boolean NOT NULL,
    status      text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'revoked', 'wipe')),
    incarnation integer NOT NULL DEFAULT 0,
    last_seq    bigint NOT NULL DEFAULT 0,
    last_seal   text NOT NULL DEFAULT '',
    schema_ver  integer NOT NULL DEFAULT 0,
    enrolled_at timestamptz NOT NULL DEFAULT now(),
    seen_at     timestamptz,
    PRIMARY KEY (centre_id, kiosk_id)
);

CREATE TABLE op_log (
    centre_id   uuid NOT NULL,
    cseq        bigint NOT NULL,
    kiosk_id    uuid NOT NULL,
    incarnation integer NOT NULL,
    kseq        bigint NOT NULL,
    op_id       uuid NOT NULL,
    hlc_raw     bigint NOT NULL,
    schema_ver  integer NOT NULL,
    -- The change as kiosks are told it; the deed as it was sent is not needed.
    change      jsonb NOT NULL,
    recv_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (centre_id, cseq),
    UNIQUE (centre_id, kiosk_id, incarnation, kseq),
    UNIQUE (centre_id, op_id)
);

CREATE TABLE row_state (
    centre_id uuid NOT NULL,
    tbl       text NOT NULL,
    row_key   text NOT NULL,
    cseq      bigint NOT NULL,
    fields    jsonb NOT NULL,
    fhlc      jsonb NOT NULL,
    deleted   bigint,
    erased    boolean NOT NULL,
    -- Whose it is, whether it is open, and when it began: how a batch finds
    -- what its rows may clash with.
    person    text,
    is_open   boolean NOT NULL,
    began_at  bigint NOT NULL,
    PRIMARY KEY (centre_id, tbl, row_key)
);

CREATE INDEX row_state_person ON row_state (centre_id, person, tbl) WHERE person IS NOT NULL;

CREATE TABLE pool (
    centre_id uuid NOT NULL,
    pool_id   text NOT NULL,
    capacity  integer,
    PRIMARY KEY (centre_id, pool_id)
);

CREATE TABLE seat (
    centre_id   uuid NOT NULL,
    pool_id     text NOT NULL,
    seat_no     integer NOT NULL,
    lease_kiosk uuid,
    lease_until bigint,
    row_key     text,
    PRIMARY KEY (centre_id, pool_id, seat_no),
    UNIQUE (centre_id, pool_id, row_key)
);

CREATE TABLE conflict (
    centre_id  uuid NOT NULL,
    cseq       bigint NOT NULL,
    tbl        text NOT NULL,
    row_key    text NOT NULL,
    field      text NOT NULL,
    stands     jsonb NOT NULL,
    other      jsonb NOT NULL,
    decided_at timestamptz,
    PRIMARY KEY (centre_id, cseq, field)
);

ALTER TABLE centre_head ENABLE ROW LEVEL SECURITY;
ALTER TABLE centre_head FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON centre_head USING (centre_id = nullif(current_setting('app.centre_id', true), '')::uuid);
ALTER TABLE kiosk ENABLE ROW LEVEL SECURITY;
ALTER TABLE kiosk FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON kiosk USING (centre_id = nullif(current_setting('app.centre_id', true), '')::uuid);
ALTER TABLE op_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE op_log FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON op_log USING (centre_id = nullif(current_setting('app.centre_id', true), '')::uuid);
ALTER TABLE row_state ENABLE ROW LEVEL SECURITY;
ALTER TABLE row_state FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON row_state USING (centre_id = nullif(current_setting('app.centre_id', true), '')::uuid);
ALTER TABLE pool ENABLE ROW LEVEL SECURITY;
ALTER TABLE pool FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON pool USING (centre_id = nullif(current_setting('app.centre_id', true), '')::uuid);
ALTER TABLE seat ENABLE ROW LEVEL SECURITY;
ALTER TABLE seat FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON seat USING (centre_id = nullif(current_setting('app.centre_id', true), '')::uuid);
ALTER TABLE conflict ENABLE ROW LEVEL SECURITY;
ALTER TABLE conflict FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON conflict USING (centre_id = nullif(current_setting('app.centre_id', true), '')::uuid);

GRANT SELECT, INSERT, UPDATE ON centre_head, kiosk, op_log, row_state, pool, seat, conflict TO kiosk_hub_api;
GRANT SELECT, INSERT ON cert TO kiosk_hub_api;
GRANT SELECT, INSERT, UPDATE ON enrol_code TO kiosk_hub_api;
