-- Bookings that ended with their session, whose people nobody has called yet.
SELECT id, resident_id, status, origin, session_id, day, starts_at, ends_at, service_id, service, picture, fasting,
       room, provider, letter, number
FROM appointment_shown
WHERE session_id = ?1 AND status = 'cancelled' AND starts_at > ?2
  AND id IN (SELECT appointment_id FROM follow_up WHERE kind = 'session_cancelled' AND done_at IS NULL)
ORDER BY created_at, id
