INSERT INTO photo (resident_id, jpeg, taken_at) VALUES (?1, ?2, ?3)
ON CONFLICT (resident_id) DO UPDATE SET jpeg = excluded.jpeg, taken_at = excluded.taken_at
