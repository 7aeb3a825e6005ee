UPDATE kiosk SET status = $3 WHERE centre_id = $1 AND kiosk_id = $2
