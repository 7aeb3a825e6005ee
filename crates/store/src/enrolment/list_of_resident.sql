SELECT id, activity_id, day, resident_id, status, origin, outcome, mood, name, picture, room, held_on, starts, ends, cancelled
FROM enrolment_shown
WHERE resident_id = ?1 AND status <> 'cancelled' AND held_on >= ?2
ORDER BY held_on, starts, id
