SELECT id FROM ticket WHERE appointment_id = ?1
