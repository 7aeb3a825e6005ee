SELECT count(DISTINCT v.resident_id)
FROM visit v JOIN visit_service vs ON vs.visit_id = v.id JOIN service s ON s.id = vs.service_id
WHERE v.day = ?1 AND v.counted = 1 AND s.meal = 1
