UPDATE OR IGNORE visit SET state = 'open'
WHERE id IN (SELECT unhex(row) FROM merge_row WHERE merge_id = ?1 AND entity = 'double_open')
  AND state = 'not_recorded' AND day = ?2
