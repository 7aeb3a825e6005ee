SELECT vs.service_id
FROM visit v JOIN visit_service vs ON vs.visit_id = v.id
WHERE v.resident_id = ?1 AND v.counted = 1
GROUP BY vs.service_id
ORDER BY count(*) DESC, max(v.arrived_at) DESC, vs.service_id
