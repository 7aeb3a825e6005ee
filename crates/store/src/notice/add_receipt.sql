INSERT INTO notice_receipt (notice_id, resident_id, read_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING
