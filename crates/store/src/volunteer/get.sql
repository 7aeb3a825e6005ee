SELECT id, name, team_id, resident_id, phone, pin_hash, failures, locked_until_at FROM volunteer WHERE id = ?1
