INSERT INTO team (id, name, place) VALUES (?1, ?2, (SELECT coalesce(max(place), 0) + 1 FROM team))
ON CONFLICT (id) DO UPDATE SET name = excluded.name
