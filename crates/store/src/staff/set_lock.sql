UPDATE staff SET failures = ?2, locked_until_at = ?3 WHERE id = ?1
