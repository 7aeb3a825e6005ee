UPDATE enrolment SET status = ?2, place = ?3 WHERE id = ?1
