INSERT INTO merge (id, kept_id, merged_id, kept, standing, made_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
