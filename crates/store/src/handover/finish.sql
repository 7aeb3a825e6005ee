UPDATE handover SET done_at = ?2, done_by = ?3 WHERE id = ?1 AND done_at IS NULL
