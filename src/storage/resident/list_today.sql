SELECT r.id, r.name, r.called_by, r.sex, r.born_on, r.id_hash, r.phone, r.yard, r.door, r.grid, r.living,
       r.contact_name, r.contact_phone, r.remark, r.pinyin, r.picture, r.escort, r.standing,
       max(CASE WHEN v.day = ?1 AND v.state = 'open' THEN v.arrived_at END),
       max(CASE WHEN v.day = ?1 AND v.state = 'left' THEN v.left_at END),
       count(v.day) > 0 AND max(v.day) >= date(?1, '-14 days'),
       count(DISTINCT CASE WHEN v.day < ?1 AND strftime('%w', v.day) = strftime('%w', ?1)
                           THEN v.day END) >= 2
FROM resident r
LEFT JOIN visit v ON v.resident_id = r.id AND v.counted = 1
                 AND v.day BETWEEN date(?1, '-28 days') AND ?1
WHERE r.standing = 'active'
GROUP BY r.id
ORDER BY r.pinyin, r.name, r.id
