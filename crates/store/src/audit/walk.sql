SELECT id, at, actor, staff_id, action, entity, entity_id, before, after, reason, salt, digest, seal
FROM audit ORDER BY id
