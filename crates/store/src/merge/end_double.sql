UPDATE visit SET state = 'not_recorded'
WHERE resident_id = ?2 AND state = 'open' AND duplicate_of IS NULL
  AND EXISTS (SELECT 1 FROM visit k WHERE k.resident_id = ?1 AND k.state = 'open' AND k.duplicate_of IS NULL)
RETURNING lower(hex(id))
