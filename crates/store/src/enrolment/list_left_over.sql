SELECT id, activity_id, day, resident_id, status, origin, outcome, mood FROM enrolment WHERE status = 'waitlist' AND day < ?1
