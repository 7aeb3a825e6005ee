SELECT c.id, c.raised_at, r.name || r.called_by, c.reason = 'reading'
FROM call c LEFT JOIN resident r ON r.id = c.resident_id
WHERE c.ended_at IS NULL
ORDER BY c.raised_at
