INSERT INTO volunteer (id, name, team_id, resident_id, phone) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, team_id = excluded.team_id,
    resident_id = excluded.resident_id, phone = excluded.phone
