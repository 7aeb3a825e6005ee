SELECT kind, low, high, low_second, high_second, set_by, set_on FROM target_in_force
WHERE resident_id = ?1
ORDER BY kind
