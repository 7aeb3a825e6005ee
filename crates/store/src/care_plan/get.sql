SELECT allergies, notes, hearing, sight, wheelchair, risk FROM care_plan WHERE resident_id = ?1
