SELECT NOT EXISTS (SELECT 1 FROM merge l WHERE l.undone_at IS NULL AND l.id > ?1
                   AND (l.kept_id IN (?2, ?3) OR l.merged_id IN (?2, ?3)))
