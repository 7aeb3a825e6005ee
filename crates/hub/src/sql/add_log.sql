INSERT INTO op_log (centre_id, cseq, kiosk_id, incarnation, kseq, op_id, hlc_raw, schema_ver, change)
SELECT h.centre_id, n.cseq, $2, $3, n.kseq, n.op_id, n.hlc, n.schema_ver, n.change
FROM centre_head h
CROSS JOIN unnest($4::bigint[], $5::bigint[], $6::uuid[], $7::bigint[], $8::integer[], $9::jsonb[])
  AS n (cseq, kseq, op_id, hlc, schema_ver, change)
WHERE h.centre_id = $1
