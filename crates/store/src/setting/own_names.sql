SELECT key, value FROM setting WHERE key >= ?1 AND key < ?1 || char(1114111)
