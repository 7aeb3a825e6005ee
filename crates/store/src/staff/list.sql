SELECT id, name, role FROM staff WHERE archived_at IS NULL ORDER BY role = 'manager', name
