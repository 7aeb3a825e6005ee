SELECT id, name FROM team ORDER BY place, name
