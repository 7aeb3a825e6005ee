SELECT merged_into_id IS NOT NULL FROM resident WHERE id = ?1
