DELETE
FROM follow_up
WHERE resident_id = ?1
OR appointment_id IN (SELECT id FROM appointment WHERE resident_id = ?1)
OR enrolment_id IN (SELECT id FROM enrolment WHERE resident_id = ?1)
