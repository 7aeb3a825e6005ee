SELECT id, name, phone FROM phone_number WHERE removed_at IS NULL ORDER BY id
