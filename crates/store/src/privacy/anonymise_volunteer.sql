UPDATE volunteer
SET name = '（已删除）', phone = '', pin_hash = NULL, archived_at = coalesce(archived_at, 0)
WHERE resident_id = ?1
AND name <> '（已删除）'
