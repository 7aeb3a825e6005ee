SELECT tbl, row_key, fields, deleted, erased, fhlc FROM (
    SELECT tbl, row_key, fields, deleted, erased, fhlc,
           sum(pg_column_size(fields)) OVER (ORDER BY tbl, row_key) - pg_column_size(fields) AS before
    FROM (SELECT tbl, row_key, fields, deleted, erased, fhlc FROM row_state
          WHERE centre_id = $1 AND (tbl, row_key) > ($2, $3) ORDER BY tbl, row_key LIMIT $4) page
) sized WHERE before < $5 ORDER BY tbl, row_key
