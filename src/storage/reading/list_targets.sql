SELECT kind, low, high, low_second, high_second, set_by, set_on FROM target
WHERE resident_id = ?1 AND id IN (SELECT max(id) FROM target WHERE resident_id = ?1 GROUP BY kind)
ORDER BY kind
