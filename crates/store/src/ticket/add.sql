-- Each kiosk of a centre gives numbers of its own, ?8 of them after ?7; when they
-- are used up it goes on after the highest.
INSERT INTO ticket (id, day, service_id, number, appointment_id, state, place, room, issued_at)
SELECT ?1, ?2, ?3,
       (SELECT CASE WHEN count(*) < ?8 THEN coalesce(max(number), ?7) + 1
                    ELSE (SELECT max(number) + 1 FROM ticket WHERE day = ?2 AND service_id = ?3) END
        FROM ticket WHERE day = ?2 AND service_id = ?3 AND number > ?7 AND number <= ?7 + ?8),
       ?4, 'waiting',
       (SELECT coalesce(max(place), 0) + 1 FROM ticket WHERE day = ?2),
       ?5, ?6
ON CONFLICT (appointment_id) DO NOTHING
