SELECT unhex(substr(l.pool, 13, 32)) AS session_id, CAST(substr(l.pool, 46) AS INTEGER) AS starts_at, count(*)
FROM seat_lease l
WHERE l.pool > 'appointment/' AND l.pool < 'appointment0' AND l.mine = 0 AND l.until > ?1 AND NOT EXISTS (
    SELECT 1 FROM appointment a
    WHERE a.session_id = unhex(substr(l.pool, 13, 32)) AND a.starts_at = CAST(substr(l.pool, 46) AS INTEGER)
      AND a.seat = l.seat AND a.holds = 1)
GROUP BY 1, 2
