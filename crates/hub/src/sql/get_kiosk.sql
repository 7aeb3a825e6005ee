SELECT status, incarnation, last_seq, accounts, seen_at IS NOT NULL FROM kiosk WHERE centre_id = $1 AND kiosk_id = $2
