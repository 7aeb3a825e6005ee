INSERT INTO visit_service (visit_id, service_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING
