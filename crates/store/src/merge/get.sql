SELECT resident_id, merged_id, kept, standing, hashes FROM merge WHERE id = ?1 AND undone_at IS NULL
