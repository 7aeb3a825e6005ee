SELECT seat FROM appointment
WHERE session_id = ?1 AND starts_at = ?2 AND holds = 1 AND seat IS NOT NULL
ORDER BY seat
