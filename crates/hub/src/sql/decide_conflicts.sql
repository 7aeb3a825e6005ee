UPDATE conflict SET decided_at = now()
WHERE centre_id = $1 AND decided_at IS NULL
  AND (tbl, row_key, field) IN (SELECT t, k, f FROM unnest($2::text[], $3::text[], $4::text[]) AS done (t, k, f))
