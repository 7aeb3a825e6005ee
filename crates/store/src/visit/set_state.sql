UPDATE visit SET state = ?2, left_at = ?3, way = coalesce(?4, way) WHERE id = ?1
