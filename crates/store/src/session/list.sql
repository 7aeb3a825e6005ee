SELECT id, service_id, availability_id, day, starts_at, ends_at, slot_minutes, capacity, room, provider, cancelled FROM session WHERE day BETWEEN ?1 AND ?2 ORDER BY day, service_id, starts_at, room
