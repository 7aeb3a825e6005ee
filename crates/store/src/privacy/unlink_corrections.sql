UPDATE reading
SET corrects = NULL
WHERE resident_id <> ?1
AND corrects IN (SELECT id FROM reading WHERE resident_id = ?1)
