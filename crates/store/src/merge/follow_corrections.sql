-- What was corrected since belongs to whom the first version belongs.
INSERT INTO merge_row (merge_id, entity, row)
WITH RECURSIVE later (id) AS (
    SELECT m.row FROM merge_row m WHERE m.merge_id = ?1 AND m.entity = '{table}'
    UNION
    SELECT lower(hex(v.id)) FROM {table} v JOIN later ON v.corrects = unhex(later.id)
)
SELECT ?1, '{table}', id FROM later WHERE true
ON CONFLICT DO NOTHING
