SELECT id, name FROM centre ORDER BY created_at
