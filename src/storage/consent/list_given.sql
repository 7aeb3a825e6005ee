SELECT c.resident_id FROM consent c
WHERE c.purpose = ?1 AND c.given = 1
  AND c.id = (SELECT max(l.id) FROM consent l WHERE l.resident_id = c.resident_id AND l.purpose = c.purpose)
