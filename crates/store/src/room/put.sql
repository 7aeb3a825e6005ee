INSERT INTO room (id, name, capacity) VALUES (?1, ?2, ?3)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, capacity = excluded.capacity
