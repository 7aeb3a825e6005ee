SELECT r.id, r.name, r.called_by, r.picture, r.yard, r.door, r.phone, r.born_on, r.living, c.risk,
       (SELECT max(v.arrived_at) FROM visit v WHERE v.resident_id = r.id AND v.counted = 1),
       (SELECT min(v.arrived_at) FROM visit v WHERE v.resident_id = r.id AND v.counted = 1),
       (SELECT max(w.day) FROM welfare_check w WHERE w.resident_id = r.id AND w.result = 'safe'),
       EXISTS (SELECT 1 FROM welfare_check w WHERE w.resident_id = r.id AND w.day = :today)
FROM resident r LEFT JOIN care_plan c ON c.resident_id = r.id
WHERE r.standing = 'active' AND (r.living IN ('alone', 'empty_nest') OR c.risk IS NOT NULL)
ORDER BY r.pinyin, r.name, r.id
