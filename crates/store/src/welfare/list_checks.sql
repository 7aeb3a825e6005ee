SELECT w.id, w.at, w.way, w.result, w.note, coalesce(s.name, '')
FROM welfare_check w LEFT JOIN staff s ON s.id = w.staff_id
WHERE w.resident_id = ?1 ORDER BY w.at DESC LIMIT 20
