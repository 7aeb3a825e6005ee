DELETE FROM care_plan WHERE resident_id = ?1
