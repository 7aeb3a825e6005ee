WITH RECURSIVE file (id, merged_into_id) AS (
    SELECT id, merged_into_id FROM resident WHERE id = ?1
    UNION
    SELECT r.id, r.merged_into_id FROM resident r JOIN file ON r.id = file.merged_into_id
)
SELECT id FROM file WHERE merged_into_id IS NULL AND id <> ?1
