INSERT INTO pool (centre_id, pool_id, capacity)
SELECT $1, n.pool_id, n.capacity FROM unnest($2::text[], $3::integer[]) AS n (pool_id, capacity)
ON CONFLICT (centre_id, pool_id) DO UPDATE SET capacity = excluded.capacity
