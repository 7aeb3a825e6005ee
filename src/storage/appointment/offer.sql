SELECT s.slot_minutes, s.cancelled, v.lead_minutes, s.day, s.service_id, v.name, v.picture, v.fasting,
       s.room, s.provider,
       EXISTS (SELECT 1 FROM seat t WHERE t.session_id = ?1 AND t.starts_at = ?2),
       (SELECT min(t.number) FROM seat t
        WHERE t.session_id = ?1 AND t.starts_at = ?2 AND t.number <= s.capacity AND t.number NOT IN (
            SELECT a.seat FROM appointment a
            WHERE a.session_id = ?1 AND a.starts_at = ?2 AND a.seat IS NOT NULL AND a.holds = 1))
FROM session s JOIN service v ON v.id = s.service_id
WHERE s.id = ?1
