INSERT INTO resident (id, name, called_by, sex, born_on, id_hash, phone, yard, door, grid, living,
                      contact_name, contact_phone, remark, pinyin, picture, escort, standing,
                      created_at, updated_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?19)
ON CONFLICT (id) DO UPDATE SET
    name = excluded.name, called_by = excluded.called_by, sex = excluded.sex,
    born_on = excluded.born_on, id_hash = excluded.id_hash, phone = excluded.phone,
    yard = excluded.yard, door = excluded.door, grid = excluded.grid, living = excluded.living,
    contact_name = excluded.contact_name, contact_phone = excluded.contact_phone,
    remark = excluded.remark, pinyin = excluded.pinyin, picture = excluded.picture,
    escort = excluded.escort, standing = excluded.standing, updated_at = excluded.updated_at
