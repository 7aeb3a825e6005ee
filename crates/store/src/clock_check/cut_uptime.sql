UPDATE uptime SET last_at = max(started_at, ?1) WHERE last_at > ?1 AND started_at <= ?1
