SELECT id, service_id, availability_id, day, starts_at, ends_at, slot_minutes, capacity, room, provider, cancelled FROM session WHERE id = ?1
