SELECT id, name, role, pin_hash, failures, locked_until_at FROM staff WHERE id = ?1 AND archived_at IS NULL
