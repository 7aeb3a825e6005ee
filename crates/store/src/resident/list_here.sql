SELECT v.resident_id,
       max(CASE WHEN v.state = 'open' THEN v.arrived_at END),
       max(CASE WHEN v.state = 'left' THEN v.left_at END)
FROM visit v WHERE v.counted = 1 AND v.day = ?1
GROUP BY v.resident_id
