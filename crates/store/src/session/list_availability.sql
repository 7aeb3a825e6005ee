SELECT id, service_id, weekday, starts, ends, slot_minutes, capacity, room, provider
FROM availability WHERE ended_at IS NULL ORDER BY weekday, starts, room
