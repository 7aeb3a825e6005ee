INSERT INTO consent (id, resident_id, purpose, given, decided_on, witness, guardian, at, number)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8,
        (SELECT coalesce(max(number), 0) + 1 FROM consent WHERE resident_id = ?2 AND purpose = ?3))
