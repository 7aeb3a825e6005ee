SELECT before ->> 'status' FROM audit
WHERE entity_id = ?1 AND action = 'appointment.session_cancelled' ORDER BY id DESC LIMIT 1
