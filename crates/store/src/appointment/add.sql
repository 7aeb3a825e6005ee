INSERT INTO appointment (id, resident_id, session_id, starts_at, ends_at, seat, status, origin, instead_of, created_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
