UPDATE appointment
SET instead_of = NULL
WHERE resident_id <> ?1
AND instead_of IN (SELECT id FROM appointment WHERE resident_id = ?1)
