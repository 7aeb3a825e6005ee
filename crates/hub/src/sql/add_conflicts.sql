INSERT INTO conflict (centre_id, cseq, tbl, row_key, field, stands, other)
SELECT h.centre_id, n.cseq, n.tbl, n.row_key, n.field, n.stands, n.other
FROM centre_head h
CROSS JOIN unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::jsonb[], $7::jsonb[])
  AS n (cseq, tbl, row_key, field, stands, other)
WHERE h.centre_id = $1
