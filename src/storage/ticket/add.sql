INSERT INTO ticket (id, day, service_id, number, appointment_id, state, place, room, issued_at)
SELECT ?1, ?2, ?3,
       (SELECT coalesce(max(number), 0) + 1 FROM ticket WHERE day = ?2 AND service_id = ?3),
       ?4, 'waiting',
       (SELECT coalesce(max(place), 0) + 1 FROM ticket WHERE day = ?2),
       ?5, ?6
ON CONFLICT (appointment_id) DO NOTHING
