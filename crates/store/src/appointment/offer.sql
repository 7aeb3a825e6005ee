SELECT s.slot_minutes, s.cancelled, v.lead_minutes, s.day, s.service_id, v.name, v.picture, v.fasting,
       s.room, s.provider, s.capacity
FROM session s JOIN service v ON v.id = s.service_id
WHERE s.id = ?1
