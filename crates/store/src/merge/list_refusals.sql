-- Refusals in one of two files against a consent in the other, with their number and the
-- next one of both files.
SELECT lower(hex(c.id)), c.number,
       1 + (SELECT max(n.number) FROM consent n WHERE n.resident_id IN (?1, ?2) AND n.purpose = c.purpose)
FROM consent_in_force c
JOIN consent_in_force o ON o.purpose = c.purpose AND o.resident_id <> c.resident_id
WHERE c.resident_id IN (?1, ?2) AND o.resident_id IN (?1, ?2) AND c.given = 0 AND o.given = 1
