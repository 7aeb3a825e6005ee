UPDATE session SET cancelled = ?2 WHERE id = ?1
