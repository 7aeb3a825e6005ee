SELECT id FROM appointment WHERE resident_id = ?1 AND starts_at >= ?2 AND starts_at < ?3 AND status = ?4
