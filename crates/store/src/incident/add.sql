INSERT INTO incident (id, resident_id, kind, day, at, words, measures, staff_id)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING
