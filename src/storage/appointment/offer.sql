SELECT s.slot_minutes, s.cancelled, v.lead_minutes, s.day, s.service_id, v.name, v.picture, v.fasting,
       s.room, s.provider,
       (SELECT t.number FROM seat t
        WHERE t.session_id = ?1 AND t.starts_at = ?2 AND t.number <= s.capacity AND NOT EXISTS (
            SELECT 1 FROM appointment a
            WHERE a.session_id = ?1 AND a.starts_at = ?2 AND a.seat = t.number AND a.holds = 1)
        ORDER BY t.number LIMIT 1)
FROM session s JOIN service v ON v.id = s.service_id
WHERE s.id = ?1
