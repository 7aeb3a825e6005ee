SELECT id, corrects IS NOT NULL FROM visit
WHERE resident_id = ?1 AND arrived_at = ?2 AND source = 'import'
ORDER BY state IN ('superseded', 'void'), id DESC
LIMIT 1
