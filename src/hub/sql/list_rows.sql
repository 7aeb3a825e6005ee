SELECT tbl, row_key, fields, fhlc, deleted, erased FROM row_state
WHERE centre_id = $1 AND (tbl, row_key) IN (SELECT t, k FROM unnest($2::text[], $3::text[]) AS wanted (t, k))
UNION
SELECT tbl, row_key, fields, fhlc, deleted, erased FROM row_state
WHERE centre_id = $1 AND person = ANY ($4) AND tbl = ANY ($5)
  AND (is_open OR (tbl = 'visit' AND began_at >= $6))
