INSERT INTO welfare_check (id, resident_id, at, day, way, result, note, staff_id)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING
