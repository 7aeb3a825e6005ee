SELECT place FROM enrolment
WHERE activity_id = ?1 AND day = ?2 AND place IS NOT NULL ORDER BY place
