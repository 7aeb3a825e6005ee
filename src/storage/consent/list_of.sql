SELECT c.purpose, c.given, c.decided_on, c.witness, c.guardian
FROM consent c
WHERE c.resident_id = ?1
  AND c.id = (SELECT max(l.id) FROM consent l WHERE l.resident_id = c.resident_id AND l.purpose = c.purpose)
