SELECT resident_id FROM consent_in_force WHERE purpose = ?1 AND given = 1
