UPDATE follow_up SET result = ?2, done_at = ?3, staff_id = ?4 WHERE id = ?1 AND done_at IS NULL
