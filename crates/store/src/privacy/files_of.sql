WITH RECURSIVE file (id) AS (
    SELECT ?1
    UNION
    SELECT r.id FROM resident r JOIN file ON r.merged_into_id = file.id
)
SELECT id FROM file
