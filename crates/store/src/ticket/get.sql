SELECT t.id, v.letter, t.number, t.state, t.appointment_id, a.resident_id, r.name, r.called_by, t.service_id, t.room, t.issued_at, t.called_at, t.calls, a.starts_at, a.origin
FROM ticket t JOIN appointment a ON a.id = t.appointment_id JOIN resident r ON r.id = a.resident_id JOIN service v ON v.id = t.service_id
WHERE t.id = ?1
