SELECT op_id, tbl, row, outcome, other, at FROM sync_notice WHERE seen_at IS NULL ORDER BY at, op_id
