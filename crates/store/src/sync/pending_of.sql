SELECT number, id, tbl, row, deed, fields, was, under, hlc, settled
FROM op WHERE tbl = ?1 AND row = ?2 AND id IS NOT NULL ORDER BY number
