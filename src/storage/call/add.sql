INSERT INTO call (id, raised_at, resident_id) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO NOTHING
