SELECT tbl, row_key, fields, deleted, erased, fhlc FROM row_state
WHERE centre_id = $1 AND (tbl, row_key) > ($2, $3) ORDER BY tbl, row_key LIMIT $4
