SELECT v.id, v.resident_id, v.day, v.arrived_at, v.left_at, v.state, v.source FROM visit v WHERE v.resident_id = ?1 AND v.state = 'open' AND v.duplicate_of IS NULL
