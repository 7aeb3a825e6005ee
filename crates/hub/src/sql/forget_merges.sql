-- A merge says of the kept file what it took from the other.
UPDATE row_state r SET fields = '{}', fhlc = '{}', deleted = $3
WHERE r.centre_id = $1 AND r.tbl = 'merge' AND r.deleted IS NULL AND r.fields->>'merged_id' = ANY ($2)
