SELECT min(started_at) FROM uptime
