UPDATE shift SET state = 'not_recorded'
WHERE state = 'open' AND id <> unhex(?1)
  AND (volunteer_id = unhex(?2 ->> 'volunteer_id') OR staff_id = unhex(?2 ->> 'staff_id'))
