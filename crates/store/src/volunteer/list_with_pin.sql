SELECT id, name, team_id, resident_id, phone FROM volunteer WHERE archived_at IS NULL AND pin_hash IS NOT NULL ORDER BY name, id
