SELECT row FROM merge_row WHERE merge_id = ?1 AND entity = ?2 ORDER BY row
