INSERT INTO activity_series (id, activity_id, name, picture, rule, starts_on, until, starts, ends, room_id, team_id, leader, capacity, opens_days, closes_minutes, notice, notice_on)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17) ON CONFLICT (id) DO NOTHING
