UPDATE merge SET undone_at = ?2, kept = '' WHERE id = ?1
