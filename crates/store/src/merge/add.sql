INSERT INTO merge (id, resident_id, merged_id, number, kept, standing, made_at, hashes)
VALUES (?1, ?2, ?3, (SELECT coalesce(max(number), 0) + 1 FROM merge), ?4, ?5, ?6, ?7)
