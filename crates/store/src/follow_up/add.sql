INSERT INTO follow_up (id, resident_id, appointment_id, enrolment_id, kind, raised_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
