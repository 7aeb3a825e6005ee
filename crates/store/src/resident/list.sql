SELECT r.id, r.name, r.called_by, r.sex, r.born_on, r.id_hash, r.phone, r.yard, r.door, r.grid, r.living,
       r.contact_name, r.contact_phone, r.remark, r.pinyin, r.picture, r.escort, r.standing
FROM resident r
ORDER BY r.name, r.id
