UPDATE seat SET lease_kiosk = $3, lease_until = CASE WHEN $3::uuid IS NOT NULL THEN lease_until END
WHERE centre_id = $1 AND lease_kiosk = $2
