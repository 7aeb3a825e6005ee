INSERT INTO service_synonym (word, service_id) VALUES (?1, ?2)
