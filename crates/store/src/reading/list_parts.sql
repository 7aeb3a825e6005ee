SELECT value, second FROM reading_part WHERE reading_id = ?1 ORDER BY number
