INSERT INTO visit (id, resident_id, day, arrived_at, left_at, state, source, other_words, corrects)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
