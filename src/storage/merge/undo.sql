UPDATE merge SET undone_at = ?2 WHERE id = ?1
