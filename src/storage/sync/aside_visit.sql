UPDATE visit SET duplicate_of = unhex(?1)
WHERE resident_id = unhex(?2 ->> 'resident_id') AND state = 'open' AND duplicate_of IS NULL AND id <> unhex(?1)
