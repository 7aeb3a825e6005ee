UPDATE op SET deed = 'delete', fields = NULL, was = NULL, under = '{}'
WHERE tbl = 'reading_part' AND substr(row, 1, 32) IN (SELECT lower(hex(id)) FROM reading WHERE resident_id = ?1)
   OR tbl = 'merge_row' AND substr(row, 1, 32) IN (SELECT lower(hex(id)) FROM merge WHERE ?1 IN (resident_id, merged_id))
