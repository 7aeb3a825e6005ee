UPDATE ticket SET state = 'done'
WHERE state = 'called' AND ?2 ->> 'state' = 'called' AND day = ?2 ->> 'day'
  AND service_id = unhex(?2 ->> 'service_id') AND room = ?2 ->> 'room' AND id <> unhex(?1);
UPDATE ticket SET number = (SELECT max(o.number) + 1 FROM ticket o WHERE o.day = ticket.day AND o.service_id = ticket.service_id)
WHERE day = ?2 ->> 'day' AND service_id = unhex(?2 ->> 'service_id') AND number = ?2 ->> 'number' AND id <> unhex(?1)
