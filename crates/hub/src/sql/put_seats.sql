INSERT INTO seat (centre_id, pool_id, seat_no, lease_kiosk, lease_until, row_key)
SELECT $1, n.pool_id, n.seat_no, n.lease_kiosk, n.lease_until, n.row_key
FROM unnest($2::text[], $3::integer[], $4::uuid[], $5::bigint[], $6::text[])
  AS n (pool_id, seat_no, lease_kiosk, lease_until, row_key)
ON CONFLICT (centre_id, pool_id, seat_no) DO UPDATE SET
    lease_kiosk = excluded.lease_kiosk, lease_until = excluded.lease_until, row_key = excluded.row_key
