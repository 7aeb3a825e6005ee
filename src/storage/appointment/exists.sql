SELECT 1 FROM appointment WHERE id = ?1
