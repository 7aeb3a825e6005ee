SELECT role FROM staff WHERE id = ?1 AND archived_at IS NULL
