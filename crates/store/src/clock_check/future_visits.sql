SELECT id FROM visit WHERE day > ?1 AND state = 'open'
