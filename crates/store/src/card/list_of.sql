SELECT id, code, issued_at, revoked_at FROM card
WHERE resident_id = ?1 OR volunteer_id = ?2 ORDER BY issued_at DESC, id DESC
