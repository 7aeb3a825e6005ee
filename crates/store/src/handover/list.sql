SELECT h.id, h.day, h.words, h.at, coalesce(s.name, ''), h.done_at, coalesce(d.name, '')
FROM handover h LEFT JOIN staff s ON s.id = h.staff_id LEFT JOIN staff d ON d.id = h.done_by
WHERE h.done_at IS NULL OR h.day >= ?1
ORDER BY h.done_at IS NOT NULL, h.at DESC LIMIT 100
