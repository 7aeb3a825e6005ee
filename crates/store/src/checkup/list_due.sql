SELECT r.id, r.name, r.called_by, r.picture, r.phone, r.born_on,
       (SELECT count(*) FROM checkup_item c
        WHERE c.resident_id = r.id AND c.year = ?1 AND c.done_on IS NOT NULL),
       (SELECT max(c.done_on) FROM checkup_item c WHERE c.resident_id = r.id),
       (SELECT min(p.starts_at) FROM appointment_shown p
        WHERE p.resident_id = r.id AND p.service_id = ?3 AND p.open = 1 AND p.status <> 'waitlist')
FROM resident r
WHERE r.standing = 'active' AND r.born_on <= ?2
ORDER BY r.pinyin, r.name, r.id
