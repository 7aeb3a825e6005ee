INSERT INTO reading (id, resident_id, appointment_id, taken_at, kind, timing, value, second, origin, limits, staff_id, corrects, state)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 'final')
