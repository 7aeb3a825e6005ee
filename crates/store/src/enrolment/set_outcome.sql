UPDATE enrolment SET outcome = ?2, mood = ?3 WHERE id = ?1
