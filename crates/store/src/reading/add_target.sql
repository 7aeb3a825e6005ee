INSERT INTO target (id, resident_id, kind, low, high, low_second, high_second, set_by, set_on, number)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9,
        (SELECT coalesce(max(number), 0) + 1 FROM target WHERE resident_id = ?2 AND kind = ?3))
