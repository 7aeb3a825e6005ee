INSERT INTO enrolment (id, activity_id, day, resident_id, status, origin, place, created_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
