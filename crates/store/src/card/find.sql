SELECT c.resident_id, c.volunteer_id FROM card c
LEFT JOIN resident r ON r.id = c.resident_id
LEFT JOIN volunteer v ON v.id = c.volunteer_id
WHERE c.code = ?1 AND c.revoked_at IS NULL
  AND (r.standing = 'active' OR (v.id IS NOT NULL AND v.archived_at IS NULL))
