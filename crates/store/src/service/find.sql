SELECT id FROM service WHERE name = ?1
UNION ALL
SELECT service_id FROM service_synonym WHERE word = ?1
LIMIT 1
