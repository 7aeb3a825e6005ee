UPDATE kiosk SET seen_at = now() WHERE centre_id = $1 AND kiosk_id = $2 AND seen_at IS NULL
