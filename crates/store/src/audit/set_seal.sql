UPDATE audit SET salt = ?2, digest = ?3, seal = ?4 WHERE id = ?1
