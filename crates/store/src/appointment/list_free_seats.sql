SELECT t.starts_at, t.number FROM seat t JOIN session s ON s.id = t.session_id
WHERE t.session_id = ?1 AND t.starts_at >= ?2 AND t.number <= s.capacity AND NOT EXISTS (
    SELECT 1 FROM appointment a
    WHERE a.session_id = t.session_id AND a.starts_at = t.starts_at AND a.seat = t.number AND a.holds = 1)
  AND NOT EXISTS (
    SELECT 1 FROM seat_lease l
    WHERE l.pool = 'appointment/' || lower(hex(t.session_id)) || '/' || t.starts_at
      AND l.seat = t.number AND l.mine = 0 AND l.until > ?3)
ORDER BY t.starts_at, t.number
