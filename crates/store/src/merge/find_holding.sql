SELECT id FROM merge WHERE merged_id = ?1 AND undone_at IS NULL ORDER BY number DESC, id DESC
