-- Of the targets in two files the one that was set on the later day, with its number and
-- the next one of both files.
SELECT lower(hex(c.id)), c.number,
       1 + (SELECT max(n.number) FROM target n WHERE n.resident_id IN (?1, ?2) AND n.kind = c.kind)
FROM target_in_force c
JOIN target_in_force o ON o.kind = c.kind AND o.resident_id <> c.resident_id
WHERE c.resident_id IN (?1, ?2) AND o.resident_id IN (?1, ?2) AND (c.set_on, c.id) > (o.set_on, o.id)
