SELECT r.id, r.resident_id, r.appointment_id, r.taken_at, r.kind, r.timing, r.value, r.second, r.origin, r.limits, coalesce(s.name, '')
FROM reading r LEFT JOIN staff s ON s.id = r.staff_id
WHERE r.id = ?1
