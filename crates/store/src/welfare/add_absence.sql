INSERT INTO absence (id, resident_id, from_on, until_on, reason) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING
