SELECT id, name, capacity FROM room WHERE archived_at IS NULL ORDER BY name
