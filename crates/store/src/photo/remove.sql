DELETE FROM photo WHERE resident_id = ?1
