UPDATE staff SET pin_hash = ?2, failures = 0, locked_until_at = NULL WHERE id = ?1
