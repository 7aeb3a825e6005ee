SELECT state FROM reading WHERE id = ?1
