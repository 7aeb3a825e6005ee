INSERT INTO service (id, name, picture, meal, place) VALUES (?1, ?2, ?3, ?4, ?5)
