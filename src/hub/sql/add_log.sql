INSERT INTO op_log (centre_id, cseq, kiosk_id, incarnation, kseq, op_id, person, hlc_raw, schema_ver, change)
SELECT $1, n.cseq, $2, $3, n.kseq, n.op_id, n.person, n.hlc, n.schema_ver, n.change
FROM unnest($4::bigint[], $5::bigint[], $6::uuid[], $7::text[], $8::bigint[], $9::integer[], $10::jsonb[])
  AS n (cseq, kseq, op_id, person, hlc, schema_ver, change)
