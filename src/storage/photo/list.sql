SELECT p.resident_id, p.jpeg
FROM photo p
JOIN consent c ON c.resident_id = p.resident_id AND c.purpose = 'photo' AND c.given = 1
WHERE c.id = (SELECT max(l.id) FROM consent l WHERE l.resident_id = p.resident_id AND l.purpose = 'photo')
