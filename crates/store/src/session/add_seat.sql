INSERT INTO seat (session_id, starts_at, number) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING
