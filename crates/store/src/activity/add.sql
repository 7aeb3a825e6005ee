INSERT INTO activity (id, created_at) VALUES (?1, ?2) ON CONFLICT (id) DO NOTHING
