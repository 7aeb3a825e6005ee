INSERT INTO availability (id, service_id, weekday, starts, ends, slot_minutes, capacity, room, provider)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (id) DO NOTHING
