UPDATE activity_change SET undone_at = ?3 WHERE activity_id = ?1 AND day = ?2 AND undone_at IS NULL
