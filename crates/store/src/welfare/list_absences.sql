SELECT id, from_on, until_on, reason FROM absence
WHERE resident_id = ?1 AND ended_at IS NULL AND until_on >= ?2 ORDER BY from_on
