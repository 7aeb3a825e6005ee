SELECT p.pool_id, p.capacity, s.seat_no, s.lease_kiosk, s.lease_until, s.row_key
FROM pool p LEFT JOIN seat s ON s.centre_id = p.centre_id AND s.pool_id = p.pool_id
WHERE p.centre_id = $1 AND p.pool_id = ANY ($2)
