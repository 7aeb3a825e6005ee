-- Who was let in and never spoke may not have heard that it was.
SELECT kiosk_id FROM kiosk WHERE centre_id = $1 AND status = 'active' AND seen_at IS NOT NULL ORDER BY ordinal
