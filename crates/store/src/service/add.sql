INSERT INTO service (id, name, picture, meal, place, bookable, letter, fasting, lead_minutes)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
ON CONFLICT (id) DO UPDATE SET bookable = excluded.bookable, letter = excluded.letter,
    fasting = excluded.fasting, lead_minutes = excluded.lead_minutes
