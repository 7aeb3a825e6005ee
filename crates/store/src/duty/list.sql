SELECT id, name, picture FROM duty ORDER BY place
