SELECT unhex(substr(l.pool, 11, 32)) AS activity_id, substr(l.pool, 44) AS day, count(*)
FROM seat_lease l
WHERE l.pool > 'enrolment/' AND l.pool < 'enrolment0' AND l.mine = 0 AND l.until > ?1 AND NOT EXISTS (
    SELECT 1 FROM enrolment e
    WHERE e.activity_id = unhex(substr(l.pool, 11, 32)) AND e.day = substr(l.pool, 44) AND e.place = l.seat)
GROUP BY 1, 2
