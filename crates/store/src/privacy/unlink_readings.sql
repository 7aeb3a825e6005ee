UPDATE reading
SET appointment_id = NULL
WHERE resident_id <> ?1
AND appointment_id IN (SELECT id FROM appointment WHERE resident_id = ?1)
