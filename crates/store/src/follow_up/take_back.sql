DELETE FROM follow_up WHERE ?1 IN (appointment_id, enrolment_id) AND kind = ?2 AND done_at IS NULL
