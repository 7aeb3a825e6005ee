SELECT c.resident_id FROM card c JOIN resident r ON r.id = c.resident_id
WHERE c.code = ?1 AND c.revoked_at IS NULL AND r.standing = 'active'
