INSERT INTO op (tbl, row, deed)
SELECT h.tbl, h.row, 'delete' FROM row_heard h
WHERE h.gone = 1 AND NOT EXISTS (
    SELECT 1 FROM op o WHERE o.tbl = h.tbl AND o.row = h.row AND (o.number > ?1 OR o.deed <> 'delete'))
