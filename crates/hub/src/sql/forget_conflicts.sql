UPDATE conflict c SET stands = 'null', other = 'null', decided_at = least(c.decided_at, now())
WHERE c.centre_id = $1 AND (c.tbl, c.row_key) IN (
    SELECT r.tbl, r.row_key FROM row_state r WHERE r.centre_id = $1 AND r.person = ANY ($2))
