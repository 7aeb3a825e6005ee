SELECT p.id, p.resident_id, p.status, p.origin, p.session_id, p.day, p.starts_at, p.ends_at, p.service_id,
       p.service, p.picture, p.fasting, p.room, p.provider, p.letter, p.number,
       r.name, r.called_by, r.yard, r.phone, r.picture
FROM session s
JOIN appointment a ON a.session_id = s.id
JOIN appointment_shown p ON p.id = a.id
JOIN resident r ON r.id = p.resident_id
WHERE s.day BETWEEN ?1 AND ?2
ORDER BY p.starts_at, p.created_at, p.id
