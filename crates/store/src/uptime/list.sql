SELECT started_at, last_at FROM uptime WHERE last_at >= ?1 ORDER BY started_at
