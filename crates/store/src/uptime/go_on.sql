UPDATE uptime SET last_at = ?1
WHERE id = (SELECT max(id) FROM uptime) AND last_at <= ?1 AND last_at >= ?1 - ?2
