INSERT INTO outbox (op_id, at, action, entity, entity_id, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
