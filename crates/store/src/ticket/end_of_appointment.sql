UPDATE ticket SET state = 'done' WHERE appointment_id = ?1
