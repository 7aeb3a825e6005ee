SELECT signed_out_at FROM staff WHERE id = ?1 AND archived_at IS NULL
