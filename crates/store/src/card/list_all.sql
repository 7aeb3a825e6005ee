SELECT r.id, c.code FROM card c JOIN resident r ON r.id = c.resident_id
WHERE c.revoked_at IS NULL AND r.standing = 'active'
