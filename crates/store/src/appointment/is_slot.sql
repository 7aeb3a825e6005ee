SELECT 1 FROM seat WHERE session_id = ?1 AND starts_at = ?2 LIMIT 1
