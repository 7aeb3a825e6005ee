UPDATE row_state r SET fields = '{}', fhlc = '{}', deleted = $3, is_open = false
WHERE r.centre_id = $1 AND r.person = ANY ($2) AND r.deleted IS NULL
  AND r.tbl NOT IN ('resident', 'erasure', 'visit', 'call', 'incident', 'volunteer')
