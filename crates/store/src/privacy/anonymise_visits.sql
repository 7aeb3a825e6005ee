UPDATE visit
SET resident_id = ?2, other_words = ''
WHERE resident_id = ?1
AND day < ?3
AND state <> 'open'
