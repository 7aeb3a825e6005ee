SELECT e.id, e.activity_id, e.day, e.resident_id, e.status, e.origin, e.outcome, e.mood,
       r.name, r.called_by, r.yard, r.phone, r.picture,
       EXISTS (SELECT 1 FROM visit v WHERE v.resident_id = r.id AND v.state = 'open' AND v.day = ?3)
FROM enrolment e JOIN resident r ON r.id = e.resident_id
WHERE e.activity_id = ?1 AND e.day = ?2 AND e.status <> 'cancelled'
ORDER BY e.status = 'waitlist', e.created_at, e.id
