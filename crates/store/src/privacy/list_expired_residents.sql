SELECT r.id
FROM resident r
WHERE r.standing = 'archived'
AND r.merged_into_id IS NULL
AND r.archived_as IS NOT 'erased'
AND r.updated_at < ?2
AND NOT EXISTS (SELECT 1 FROM visit v WHERE v.resident_id = r.id AND v.day >= ?1)
