SELECT activity_id, day, held_on, starts, ends, room_id, team_id, leader, capacity, cancelled
FROM activity_change WHERE activity_id = ?1 AND day >= ?2 AND undone_at IS NULL ORDER BY day
