INSERT INTO row_heard (tbl, row, at, gone) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (tbl, row) DO UPDATE SET at = max(at, excluded.at), gone = excluded.gone
