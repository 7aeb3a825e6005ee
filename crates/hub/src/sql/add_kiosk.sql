INSERT INTO kiosk (centre_id, kiosk_id, ordinal, accounts) VALUES ($1, $2, $3, $4)
