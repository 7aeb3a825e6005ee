SELECT DISTINCT v.resident_id
FROM visit v
JOIN resident r ON r.id = v.resident_id
WHERE v.day < ?1
AND r.archived_as IS NOT 'erased'
