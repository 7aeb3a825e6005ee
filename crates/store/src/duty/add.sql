INSERT INTO duty (id, name, picture, place) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING
