INSERT INTO consent (resident_id, purpose, given, decided_on, witness, at) VALUES (?1, 'sharing', ?2, ?3, ?4, ?5)
