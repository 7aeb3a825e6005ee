INSERT INTO handover (id, day, words, at, staff_id) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING
