SELECT at, tail FROM unknown_scan WHERE at >= ?1 ORDER BY at DESC LIMIT 20
