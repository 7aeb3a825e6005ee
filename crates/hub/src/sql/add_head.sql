INSERT INTO centre_head (centre_id) VALUES ($1)
