UPDATE ticket SET state = 'waiting',
    place = (SELECT max(place) + 1 FROM ticket o WHERE o.day = ticket.day)
WHERE id = ?1
