UPDATE op SET id = ?2, hlc = ?3, under = coalesce(was, '{}') WHERE number = ?1
