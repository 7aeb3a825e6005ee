-- Places that were taken by an edit whose result has not come, but for those that
-- are kept for this kiosk. Whoever comes for a place that is theirs keeps it.
SELECT a.id FROM op o JOIN appointment a ON a.id = unhex(o.row)
WHERE o.tbl = 'appointment' AND o.settled = 0 AND a.holds = 1
  AND (o.deed = 'insert' OR json_extract(o.fields, '$.session_id', '$.starts_at', '$.seat')
    IS NOT json_extract(o.was, '$.session_id', '$.starts_at', '$.seat')) AND NOT EXISTS (
    SELECT 1 FROM seat_lease l
    WHERE l.pool = 'appointment/' || lower(hex(a.session_id)) || '/' || a.starts_at
      AND l.seat = a.seat AND l.mine = 1 AND l.until > ?1)
UNION
SELECT e.id FROM op o JOIN enrolment e ON e.id = unhex(o.row)
WHERE o.tbl = 'enrolment' AND o.settled = 0 AND e.status = 'booked' AND e.place IS NOT NULL
  AND (o.deed = 'insert' OR json_extract(o.fields, '$.place') IS NOT json_extract(o.was, '$.place')) AND NOT EXISTS (
    SELECT 1 FROM seat_lease l
    WHERE l.pool = 'enrolment/' || lower(hex(e.activity_id)) || '/' || e.day
      AND l.seat = e.place AND l.mine = 1 AND l.until > ?1)
