SELECT activity_id, day, held_on, starts, ends, room_id, team_id, leader, capacity, cancelled
FROM activity_change WHERE undone_at IS NULL AND day BETWEEN ?1 AND ?2
UNION
SELECT activity_id, day, held_on, starts, ends, room_id, team_id, leader, capacity, cancelled
FROM activity_change WHERE undone_at IS NULL AND held_on BETWEEN ?1 AND ?2
