SELECT other_words FROM visit WHERE id = ?1
