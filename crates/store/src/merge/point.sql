-- The merge that holds says where a file belongs; of several the last one.
UPDATE resident SET merged_into_id = (
    SELECT m.resident_id FROM merge m WHERE m.merged_id = resident.id AND m.undone_at IS NULL
    ORDER BY m.number DESC, m.id DESC LIMIT 1)
WHERE id = ?1
