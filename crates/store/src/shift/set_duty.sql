UPDATE shift SET duty_id = ?2 WHERE id = ?1
