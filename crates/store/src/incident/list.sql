SELECT i.id, i.resident_id, coalesce(r.name || r.called_by, ''), i.kind, i.at, i.words, i.measures, coalesce(s.name, '')
FROM incident i LEFT JOIN resident r ON r.id = i.resident_id LEFT JOIN staff s ON s.id = i.staff_id
WHERE i.day BETWEEN ?1 AND ?2 ORDER BY i.at DESC
