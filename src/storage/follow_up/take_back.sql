DELETE FROM follow_up WHERE appointment_id = ?1 AND kind = ?2 AND done_at IS NULL
