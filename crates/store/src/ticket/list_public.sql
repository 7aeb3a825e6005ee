SELECT v.letter, t.number, t.room, t.calls
FROM ticket t JOIN service v ON v.id = t.service_id
WHERE t.day = ?1 AND t.called_at IS NOT NULL AND t.state IN ('called', 'done')
ORDER BY t.state = 'called' DESC, t.called_at DESC LIMIT 6
