SELECT id, activity_id, day, resident_id, status, origin, outcome, mood, name, picture, room, held_on, starts, ends, cancelled
FROM enrolment_shown
WHERE resident_id = ?1 AND held_on <= ?2 AND (status = 'booked' OR outcome IS NOT NULL)
ORDER BY held_on DESC, starts DESC, id DESC LIMIT ?3
