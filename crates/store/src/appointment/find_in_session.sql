SELECT id FROM appointment WHERE session_id = ?1 AND resident_id = ?2 AND open = 1
