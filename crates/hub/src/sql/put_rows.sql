-- Whose a row was is known also when it is gone.
INSERT INTO row_state (centre_id, tbl, row_key, cseq, fields, fhlc, deleted, erased, person, is_open, began_at)
SELECT $1, n.tbl, n.row_key, n.cseq, n.fields, n.fhlc, n.deleted, n.erased, n.person, n.is_open, n.began_at
FROM unnest($2::text[], $3::text[], $4::bigint[], $5::jsonb[], $6::jsonb[], $7::bigint[], $8::boolean[],
            $9::text[], $10::boolean[], $11::bigint[])
  AS n (tbl, row_key, cseq, fields, fhlc, deleted, erased, person, is_open, began_at)
ON CONFLICT (centre_id, tbl, row_key) DO UPDATE SET
    cseq = excluded.cseq, fields = excluded.fields, fhlc = excluded.fhlc, deleted = excluded.deleted,
    erased = excluded.erased, person = CASE WHEN excluded.deleted IS NULL THEN excluded.person ELSE coalesce(excluded.person, row_state.person) END, is_open = excluded.is_open,
    began_at = excluded.began_at
