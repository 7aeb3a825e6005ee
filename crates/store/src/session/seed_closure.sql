INSERT INTO closure (day, name) VALUES (?1, ?2) ON CONFLICT (day) DO NOTHING
