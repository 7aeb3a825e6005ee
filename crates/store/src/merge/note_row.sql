INSERT INTO merge_row (merge_id, entity, row) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING
