-- Whatever kiosk told them, also one that the erasing kiosk has not heard.
UPDATE row_state p SET fields = '{}', fhlc = '{}', deleted = $3
WHERE p.centre_id = $1 AND p.tbl IN ('reading_part', 'ticket', 'merge_row') AND p.deleted IS NULL
  AND coalesce(p.fields->>'reading_id', p.fields->>'appointment_id', p.fields->>'merge_id') IN (
    SELECT r.row_key FROM row_state r
    WHERE r.centre_id = $1 AND (r.person = ANY ($2) AND r.tbl IN ('reading', 'appointment')
        OR r.tbl = 'merge' AND r.deleted IS NOT NULL))
