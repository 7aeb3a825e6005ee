SELECT NOT EXISTS (SELECT 1 FROM merge l, merge m
                   WHERE m.id = ?1 AND l.undone_at IS NULL AND (l.number, l.id) > (m.number, m.id)
                   AND (l.resident_id IN (?2, ?3) OR l.merged_id IN (?2, ?3)))
