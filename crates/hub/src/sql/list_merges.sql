SELECT tbl, row_key, fields, fhlc, deleted, erased FROM row_state
WHERE centre_id = $1 AND tbl = 'merge' AND deleted IS NULL
