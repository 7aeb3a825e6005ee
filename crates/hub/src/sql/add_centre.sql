INSERT INTO centre (id, name) VALUES ($1, $2)
