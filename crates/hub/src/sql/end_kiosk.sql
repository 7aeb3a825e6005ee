UPDATE kiosk SET status = 'revoked' WHERE centre_id = $1 AND kiosk_id = $2 AND status = 'active'
