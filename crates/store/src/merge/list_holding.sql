SELECT id, resident_id, merged_id FROM merge WHERE undone_at IS NULL ORDER BY number, id
