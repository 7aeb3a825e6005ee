UPDATE enrol_code SET used_at = now()
WHERE sha256 = $1 AND used_at IS NULL AND expires_at > now() RETURNING centre_id, accounts, trusted
