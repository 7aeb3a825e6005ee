INSERT INTO service_synonym (word, service_id) VALUES (?1, ?2) ON CONFLICT (word) DO NOTHING
