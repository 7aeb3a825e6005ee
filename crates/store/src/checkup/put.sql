INSERT INTO checkup_item (resident_id, year, item, done_on, staff_id) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (resident_id, year, item) DO UPDATE SET done_on = excluded.done_on, staff_id = excluded.staff_id
