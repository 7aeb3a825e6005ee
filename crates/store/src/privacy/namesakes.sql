-- Residents by id; volunteers who are nobody's file, and staff, without one.
SELECT id FROM resident WHERE instr(name, ?1)
UNION ALL
SELECT NULL FROM volunteer WHERE instr(name, ?1) AND resident_id IS NULL
UNION ALL
SELECT NULL FROM staff WHERE instr(name, ?1)
