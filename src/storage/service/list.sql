SELECT id, name, picture, meal FROM service ORDER BY place
