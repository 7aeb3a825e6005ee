SELECT max(at) FROM (
    SELECT max(at) AS at FROM (SELECT at FROM audit WHERE id > ?1 ORDER BY id DESC LIMIT 1000)
    UNION ALL SELECT max(last_at) FROM uptime
)
