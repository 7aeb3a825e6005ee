-- Parts of a reading and purposes of a stay belong to the person of what they are
-- of. The proof of the erasure names nobody, and stays.
UPDATE op_log SET change = change || '{"fields": {}, "asked": {}}'::jsonb
WHERE centre_id = $1 AND change->>'table' <> 'erasure' AND (person = $2 OR (
    change->>'table' IN ('reading_part', 'visit_service')
    AND split_part(change->>'key', '/', 1) IN (
        SELECT o.change->>'key' FROM op_log o
        WHERE o.centre_id = $1 AND o.person = $2 AND o.change->>'table' IN ('reading', 'visit'))))
