UPDATE resident SET archived_as = ?2 WHERE id = ?1
