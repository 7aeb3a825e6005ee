SELECT v.resident_id
FROM visit v INDEXED BY visit_not_recorded
WHERE v.counted = 1 AND v.state = 'not_recorded' AND v.day BETWEEN :from AND :to
