DELETE FROM visit_service WHERE visit_id = ?1
