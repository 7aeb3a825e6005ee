SELECT id, volunteer_id, staff_id, team_id, duty_id, day, started_at, ended_at, state FROM shift WHERE state = 'left' AND volunteer_id = ?1 AND ended_at = ?2
