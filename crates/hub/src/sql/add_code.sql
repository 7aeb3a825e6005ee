INSERT INTO enrol_code (sha256, centre_id, accounts, trusted, expires_at)
VALUES ($1, $2, $3, $4, now() + interval '10 minutes')
