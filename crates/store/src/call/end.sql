UPDATE call SET ended_at = ?2, answered_by = ?3 WHERE id = ?1 AND ended_at IS NULL
