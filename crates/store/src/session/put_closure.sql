INSERT INTO closure (day, name) VALUES (?1, ?2)
ON CONFLICT (day) DO UPDATE SET name = excluded.name, removed_at = NULL
