INSERT INTO shift (id, volunteer_id, staff_id, team_id, duty_id, day, started_at, ended_at, state, corrects) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
