SELECT id, activity_id, name, picture, rule, starts_on, until, starts, ends, room_id, team_id, leader, capacity, opens_days, closes_minutes, notice, notice_on
FROM activity_series
WHERE starts_on <= ?2 AND coalesce(until, ?1) >= ?1 AND coalesce(until, starts_on) >= starts_on
ORDER BY starts_on, id
