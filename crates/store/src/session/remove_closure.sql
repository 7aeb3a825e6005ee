UPDATE closure SET removed_at = ?2 WHERE day = ?1 AND removed_at IS NULL
