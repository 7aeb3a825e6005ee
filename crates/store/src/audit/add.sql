INSERT INTO audit (at, actor, staff_id, action, entity, entity_id, before, after, reason, salt, digest, seal)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
