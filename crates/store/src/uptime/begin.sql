INSERT INTO uptime (started_at, last_at) VALUES (?1, ?1)
