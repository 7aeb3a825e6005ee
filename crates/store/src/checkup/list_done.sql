SELECT item FROM checkup_item WHERE resident_id = ?1 AND year = ?2 AND done_on IS NOT NULL
