INSERT INTO relative (id, resident_id, name, relation, phone, collects) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (id) DO UPDATE SET
    name = excluded.name, relation = excluded.relation, phone = excluded.phone, collects = excluded.collects
