SELECT id, resident_id, status, origin, session_id, day, starts_at, ends_at, service_id, service, picture, fasting, room, provider, letter, number FROM appointment_shown
WHERE resident_id = ?1 AND service_id = ?2 AND day = ?3 AND status IN ('booked', 'arrived', 'checked-in')
ORDER BY starts_at LIMIT 1
