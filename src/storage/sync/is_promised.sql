SELECT 1 FROM op o
WHERE o.tbl = ?1 AND o.row = ?2 AND o.number <= (SELECT acked FROM sync_state) AND (
    (o.tbl = 'appointment' AND EXISTS (SELECT 1 FROM appointment a WHERE a.id = unhex(o.row) AND a.holds = 1))
    OR (o.tbl = 'enrolment' AND EXISTS (SELECT 1 FROM enrolment e WHERE e.id = unhex(o.row) AND e.status = 'booked')))
