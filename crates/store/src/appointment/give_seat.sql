UPDATE appointment SET status = 'booked', starts_at = ?2, ends_at = ?3, seat = ?4 WHERE id = ?1
