INSERT INTO cert (sha256, centre_id, kiosk_id, not_after) VALUES ($1, $2, $3, to_timestamp($4::double precision))
