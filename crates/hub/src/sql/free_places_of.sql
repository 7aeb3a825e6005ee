UPDATE seat s SET row_key = NULL
WHERE s.centre_id = $1 AND s.row_key IN (
    SELECT r.row_key FROM row_state r
    WHERE r.centre_id = $1 AND r.person = ANY ($2) AND r.tbl IN ('appointment', 'enrolment'))
