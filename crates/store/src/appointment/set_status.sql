UPDATE appointment SET status = ?2 WHERE id = ?1
