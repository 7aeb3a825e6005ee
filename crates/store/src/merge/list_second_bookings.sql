-- Bookings of somebody who is booked for the same in the file that is kept.
SELECT a.id, a.status, a.session_id FROM appointment a
WHERE a.resident_id = ?2 AND a.open = 1
  AND a.session_id IN (SELECT k.session_id FROM appointment k WHERE k.resident_id = ?1 AND k.open = 1)
