SELECT p.resident_id, p.jpeg
FROM photo p
JOIN consent_in_force c ON c.resident_id = p.resident_id AND c.purpose = 'photo' AND c.given = 1
