SELECT f.id, f.kind, f.raised_at, r.id, r.name, r.called_by, r.picture, r.phone, r.contact_name, r.contact_phone,
       coalesce(p.service, e.name, ''), p.starts_at, e.held_on, e.starts
FROM follow_up f
JOIN resident r ON r.id = f.resident_id
LEFT JOIN appointment_shown p ON p.id = f.appointment_id
LEFT JOIN enrolment_shown e ON e.id = f.enrolment_id
WHERE f.done_at IS NULL
ORDER BY f.raised_at, f.id
