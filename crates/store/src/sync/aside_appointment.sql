UPDATE appointment SET seat = NULL, status = 'waitlist'
WHERE session_id = unhex(?2 ->> 'session_id') AND starts_at = ?2 ->> 'starts_at' AND seat = ?2 ->> 'seat'
  AND holds = 1 AND id <> unhex(?1);
UPDATE appointment SET seat = NULL, status = 'cancelled'
WHERE session_id = unhex(?2 ->> 'session_id') AND resident_id = unhex(?2 ->> 'resident_id')
  AND open = 1 AND id <> unhex(?1)
