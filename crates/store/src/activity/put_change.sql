INSERT INTO activity_change (activity_id, day, held_on, starts, ends, room_id, team_id, leader, capacity, cancelled)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
ON CONFLICT (activity_id, day) DO UPDATE SET
    held_on = excluded.held_on, starts = excluded.starts, ends = excluded.ends, room_id = excluded.room_id,
    team_id = excluded.team_id, leader = excluded.leader, capacity = excluded.capacity,
    cancelled = excluded.cancelled, undone_at = NULL
