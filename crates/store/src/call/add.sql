INSERT INTO call (id, raised_at, resident_id, reason) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO NOTHING
