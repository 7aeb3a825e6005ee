SELECT centre_id, kiosk_id FROM cert WHERE sha256 = $1 AND not_after > now()
