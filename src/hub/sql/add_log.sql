INSERT INTO op_log (centre_id, cseq, kiosk_id, incarnation, kseq, op_id, hlc_raw, schema_ver, change)
SELECT $1, n.cseq, $2, $3, n.kseq, n.op_id, n.hlc, n.schema_ver, n.change
FROM unnest($4::bigint[], $5::bigint[], $6::uuid[], $7::bigint[], $8::integer[], $9::jsonb[])
  AS n (cseq, kseq, op_id, hlc, schema_ver, change)
