SELECT count(*) > 0
FROM resident
WHERE id IN (?1, ?2)
AND (merged_into_id IS NOT NULL OR archived_as IS 'erased')
