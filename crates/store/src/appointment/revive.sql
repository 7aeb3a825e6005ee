UPDATE OR IGNORE appointment SET status = ?2 WHERE id = ?1
