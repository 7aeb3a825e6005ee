INSERT INTO sync_notice (op_id, tbl, row, outcome, other, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (op_id) DO UPDATE SET outcome = excluded.outcome, other = excluded.other
