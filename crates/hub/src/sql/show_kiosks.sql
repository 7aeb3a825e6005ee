SELECT kiosk_id, ordinal, accounts, status, last_seq, schema_ver, extract(epoch FROM seen_at)::double precision
FROM kiosk WHERE centre_id = $1 ORDER BY ordinal
