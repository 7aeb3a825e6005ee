-- Enrolments that ended because the time was not held, and whose people were not called yet.
SELECT id, activity_id, day, resident_id, status, origin, outcome, mood FROM enrolment
WHERE activity_id = ?1 AND day = ?2 AND status = 'cancelled'
  AND id IN (SELECT enrolment_id FROM follow_up WHERE kind = 'session_cancelled' AND done_at IS NULL)
ORDER BY created_at, id
