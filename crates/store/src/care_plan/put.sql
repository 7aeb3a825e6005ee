INSERT INTO care_plan (resident_id, allergies, notes, hearing, sight, wheelchair, risk)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (resident_id) DO UPDATE SET
    allergies = excluded.allergies, notes = excluded.notes, hearing = excluded.hearing,
    sight = excluded.sight, wheelchair = excluded.wheelchair, risk = excluded.risk
