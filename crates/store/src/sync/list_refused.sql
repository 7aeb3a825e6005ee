SELECT DISTINCT o.tbl, o.row FROM op o
WHERE o.number <= ?1 AND NOT EXISTS (SELECT 1 FROM op l WHERE l.tbl = o.tbl AND l.row = o.row AND l.number > ?1)
