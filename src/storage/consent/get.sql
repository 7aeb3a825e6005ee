SELECT given, decided_on, witness FROM consent WHERE resident_id = ?1 AND purpose = 'sharing' ORDER BY id DESC LIMIT 1
