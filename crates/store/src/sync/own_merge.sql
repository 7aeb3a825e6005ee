SELECT id FROM op WHERE tbl = 'merge' AND row = ?1 AND deed = 'insert' AND settled = 0 AND number <= ?2
