-- The other open visit of a person, and whether its own result is still to come.
SELECT lower(hex(v.id)),
       EXISTS (SELECT 1 FROM op o WHERE o.tbl = 'visit' AND o.row = lower(hex(v.id)) AND o.settled = 0 AND o.deed = 'insert')
FROM visit v
WHERE v.resident_id = unhex(?2) AND v.state = 'open' AND v.duplicate_of IS NULL AND v.id <> unhex(?1)
