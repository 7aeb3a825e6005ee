UPDATE shift SET state = 'not_recorded' WHERE state = 'open' AND day > ?1
