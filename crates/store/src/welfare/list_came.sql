SELECT v.resident_id, v.arrived_at FROM visit v
WHERE v.counted = 1 AND v.day >= :from AND v.day < :today
ORDER BY v.day, v.arrived_at
