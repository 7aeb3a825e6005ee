-- Somebody who is booked in both files comes once.
UPDATE appointment SET status = 'cancelled'
WHERE resident_id = ?2 AND open = 1
  AND session_id IN (SELECT k.session_id FROM appointment k WHERE k.resident_id = ?1 AND k.open = 1)
