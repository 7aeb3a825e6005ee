SELECT id, resident_id, status, origin, session_id, day, starts_at, ends_at, service_id, service, picture, fasting, room, provider, letter, number FROM appointment_shown
WHERE status IN ('waitlist', 'booked', 'arrived') AND (day < ?1 OR (day = ?1 AND ends_at <= ?2))
ORDER BY starts_at
