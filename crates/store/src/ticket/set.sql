UPDATE ticket SET state = ?2, room = ?3, called_at = ?4, calls = ?5 WHERE id = ?1
