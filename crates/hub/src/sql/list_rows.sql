-- tbl || '' is tbl, but no index has it: without statistics the planner would
-- else walk every visit of the centre instead of those of a few people.
SELECT r.tbl, r.row_key, r.fields, r.fhlc, r.deleted, r.erased
FROM unnest($2::text[], $3::text[]) AS wanted (tbl, row_key)
JOIN row_state r ON r.centre_id = $1 AND r.tbl = wanted.tbl AND r.row_key = wanted.row_key
UNION ALL
SELECT r.tbl, r.row_key, r.fields, r.fhlc, r.deleted, r.erased
FROM unnest($4::text[]) AS someone (person)
JOIN row_state r ON r.centre_id = $1 AND r.person = someone.person AND r.tbl || '' = ANY ($5)
WHERE r.is_open OR (r.tbl || '' = 'visit' AND r.began_at >= $6)
