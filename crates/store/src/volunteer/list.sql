SELECT id, name, team_id, resident_id, phone FROM volunteer WHERE archived_at IS NULL ORDER BY team_id, name, id
