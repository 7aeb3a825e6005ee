SELECT number, id, tbl, row, deed, fields, was, under, hlc, settled
FROM op WHERE number > ?1 AND id IS NOT NULL ORDER BY number LIMIT ?2
