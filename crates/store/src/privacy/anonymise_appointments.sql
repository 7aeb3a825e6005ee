UPDATE appointment
SET resident_id = ?2
WHERE resident_id = ?1
AND open = 0
AND session_id IN (SELECT id FROM session WHERE day < ?3)
