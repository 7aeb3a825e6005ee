SELECT 1 FROM visit WHERE resident_id = ?1 AND day = ?2 AND counted = 1
