SELECT lead_minutes FROM service WHERE id = ?1
