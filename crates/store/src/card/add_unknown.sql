INSERT INTO unknown_scan (at, tail) VALUES (?1, ?2)
