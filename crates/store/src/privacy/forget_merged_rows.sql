DELETE
FROM merge_row
WHERE merge_id IN (SELECT id FROM merge WHERE resident_id = ?1 OR merged_id = ?1)
