UPDATE reading SET staff_id = (SELECT o.staff_id FROM reading o WHERE o.id = ?1) WHERE id = ?2
