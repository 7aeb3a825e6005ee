SELECT id, activity_id, day, resident_id, status, origin, outcome, mood FROM enrolment
WHERE activity_id = ?1 AND day = ?2 AND status = 'waitlist' ORDER BY created_at, id
