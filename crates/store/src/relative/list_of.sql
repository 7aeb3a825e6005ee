SELECT id, name, relation, phone, collects FROM relative
WHERE resident_id = ?1 AND removed_at IS NULL ORDER BY collects DESC, id
