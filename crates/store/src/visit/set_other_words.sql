UPDATE visit SET other_words = ?2 WHERE id = ?1
