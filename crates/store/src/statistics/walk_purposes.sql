SELECT v.day, v.resident_id, vs.service_id
FROM visit v INDEXED BY visit_person_day
CROSS JOIN visit_service vs ON vs.visit_id = v.id
WHERE v.counted = 1 AND v.day BETWEEN :from AND :to
ORDER BY v.day, v.resident_id
