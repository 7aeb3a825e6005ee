UPDATE merge SET undone_at = ?2, kept = '', hashes = NULL WHERE id = ?1
