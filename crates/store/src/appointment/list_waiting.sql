SELECT id, resident_id FROM appointment WHERE session_id = ?1 AND status = 'waitlist' ORDER BY created_at, id
