SELECT service_id FROM visit_service WHERE visit_id = ?1 ORDER BY service_id
