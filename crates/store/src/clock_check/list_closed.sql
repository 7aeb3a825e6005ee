SELECT a.entity_id, coalesce(a.before ->> 'status', '') FROM audit a
WHERE a.id > ?1 AND a.id <= ?2 AND a.action = ?3 ORDER BY a.id
