UPDATE phone_number SET removed_at = ?2 WHERE id = ?1
