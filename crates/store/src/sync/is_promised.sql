-- What was told of the place last: the row itself may have stepped aside already.
SELECT json_extract(o.fields, '$.status') IN ('booked', 'arrived', 'checked-in', 'fulfilled') FROM op o
WHERE o.tbl = ?1 AND o.row = ?2 AND o.number <= ?3
  AND o.tbl IN ('appointment', 'enrolment') AND json_type(o.fields, '$.status') IS NOT NULL
ORDER BY o.number DESC LIMIT 1
