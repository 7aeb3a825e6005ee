SELECT t.number FROM seat t JOIN session s ON s.id = t.session_id
WHERE t.session_id = ?1 AND t.starts_at = ?2 AND t.number <= s.capacity AND NOT EXISTS (
    SELECT 1 FROM appointment a
    WHERE a.session_id = t.session_id AND a.starts_at = t.starts_at AND a.seat = t.number AND a.holds = 1)
ORDER BY t.number LIMIT 1
