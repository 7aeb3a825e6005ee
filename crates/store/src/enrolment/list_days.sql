SELECT DISTINCT day FROM enrolment
WHERE activity_id = ?1 AND day >= ?2 AND status <> 'cancelled' ORDER BY day
