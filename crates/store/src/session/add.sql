INSERT INTO session (id, service_id, availability_id, day, starts_at, ends_at, slot_minutes, capacity, room, provider)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (id) DO NOTHING
