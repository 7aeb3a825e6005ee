INSERT INTO phone_number (id, name, phone) VALUES (?1, ?2, ?3)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, phone = excluded.phone
