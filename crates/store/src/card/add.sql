INSERT INTO card (id, resident_id, volunteer_id, code, issued_at) VALUES (?1, ?2, ?3, ?4, ?5)
