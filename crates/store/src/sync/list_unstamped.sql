SELECT o.number, coalesce(h.at, 0) FROM op o LEFT JOIN row_heard h ON h.tbl = o.tbl AND h.row = o.row
WHERE o.id IS NULL ORDER BY o.number
