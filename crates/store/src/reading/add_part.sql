INSERT INTO reading_part (reading_id, number, value, second) VALUES (?1, ?2, ?3, ?4)
