SELECT id, name, team_id, resident_id, phone FROM volunteer WHERE resident_id = ?1 AND archived_at IS NULL
