SELECT archived_as FROM resident WHERE id = ?1
