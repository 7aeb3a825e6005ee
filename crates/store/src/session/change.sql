UPDATE session SET room = ?2, provider = ?3, capacity = ?4 WHERE id = ?1
