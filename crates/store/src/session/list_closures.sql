SELECT day, name FROM closure WHERE removed_at IS NULL AND day BETWEEN ?1 AND ?2 ORDER BY day
