UPDATE resident SET merged_into_id = ?2 WHERE id = ?1
