SELECT kiosk_id FROM kiosk WHERE centre_id = $1 AND status = 'active' ORDER BY ordinal
