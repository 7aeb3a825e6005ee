SELECT s.id, s.day, t.starts_at, count(*), count(*) - count(a.id), s.room
FROM session s
JOIN seat t ON t.session_id = s.id AND t.number <= s.capacity
LEFT JOIN appointment a ON a.session_id = t.session_id AND a.starts_at = t.starts_at
                       AND a.seat = t.number AND a.holds = 1
WHERE s.service_id = ?1 AND s.day BETWEEN ?2 AND ?3 AND s.cancelled IS NULL
GROUP BY s.day, t.starts_at, s.id
ORDER BY s.day, t.starts_at, s.id
