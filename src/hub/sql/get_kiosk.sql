SELECT status, incarnation, last_seq, accounts FROM kiosk WHERE centre_id = $1 AND kiosk_id = $2
