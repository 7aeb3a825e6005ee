INSERT INTO consent (id, resident_id, purpose, given, decided_on, witness, guardian, at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
