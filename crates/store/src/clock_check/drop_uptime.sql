DELETE FROM uptime WHERE started_at > ?1
