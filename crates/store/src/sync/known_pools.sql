INSERT INTO pool (id, capacity, until)
SELECT DISTINCT 'appointment/' || lower(hex(t.session_id)) || '/' || t.starts_at, s.capacity, t.starts_at - 43200000
FROM seat t JOIN session s ON s.id = t.session_id WHERE t.starts_at > ?1
ON CONFLICT (id) DO NOTHING
