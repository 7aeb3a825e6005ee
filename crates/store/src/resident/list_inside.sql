-- Whoever has not left, whatever day their visit says and whatever became of their
-- file: at a fire nobody is left out for a wrong clock.
SELECT r.id, r.name, r.called_by, r.sex, r.born_on, r.id_hash, r.phone, r.yard, r.door, r.grid, r.living,
       r.contact_name, r.contact_phone, r.remark, r.pinyin, r.picture, r.escort, r.standing, max(v.arrived_at)
FROM visit v JOIN resident r ON r.id = v.resident_id
WHERE v.state = 'open' AND v.duplicate_of IS NULL
GROUP BY r.id
ORDER BY r.pinyin, r.name, r.id
