SELECT purpose, given, decided_on, witness, guardian FROM consent_in_force WHERE resident_id = ?1
