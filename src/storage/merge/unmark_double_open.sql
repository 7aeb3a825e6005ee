UPDATE visit SET duplicate_of = NULL
WHERE id IN (SELECT row FROM merge_row WHERE merge_id = ?1 AND entity = 'double_open')
