INSERT INTO enrol_code (sha256, centre_id, accounts, expires_at) VALUES ($1, $2, $3, now() + interval '10 minutes')
