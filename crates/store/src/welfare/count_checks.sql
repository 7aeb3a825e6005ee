SELECT count(DISTINCT day || resident_id), count(DISTINCT resident_id) FROM welfare_check
WHERE day BETWEEN ?1 AND ?2
