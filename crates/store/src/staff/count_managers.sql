SELECT count(*) FROM staff WHERE role = 'manager' AND archived_at IS NULL
