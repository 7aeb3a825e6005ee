SELECT id, resident_id, status, origin, session_id, day, starts_at, ends_at, service_id, service, picture, fasting, room, provider, letter, number FROM appointment_shown WHERE id = ?1
