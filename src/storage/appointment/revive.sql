UPDATE OR IGNORE appointment SET status = iif(seat IS NULL, 'waitlist', 'booked') WHERE id = ?1
