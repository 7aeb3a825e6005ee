SELECT DISTINCT o.tbl, o.row FROM op o
WHERE o.number <= (SELECT acked FROM sync_state)
  AND NOT EXISTS (SELECT 1 FROM op l WHERE l.tbl = o.tbl AND l.row = o.row AND l.number > (SELECT acked FROM sync_state))
