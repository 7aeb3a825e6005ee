SELECT id FROM appointment
WHERE resident_id = ?1 AND open = 1 AND id <> ?5
  AND (session_id = ?2 OR (status <> 'waitlist' AND starts_at < ?4 AND ends_at > ?3))
ORDER BY starts_at LIMIT 1
