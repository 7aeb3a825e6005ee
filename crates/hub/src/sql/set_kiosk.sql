UPDATE kiosk SET incarnation = $3, last_seq = $4, last_seal = $5, schema_ver = $6, seen_at = now()
WHERE centre_id = $1 AND kiosk_id = $2
