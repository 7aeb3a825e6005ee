SELECT a.at, coalesce(s.name, a.actor) AS actor, a.action, a.before, a.after, a.reason,
       coalesce(r.name, v.name, '') AS about
FROM audit a
LEFT JOIN staff s ON s.id = a.staff_id
LEFT JOIN resident r ON a.entity = 'resident' AND r.id = a.entity_id
LEFT JOIN (SELECT w.id, x.name FROM visit w JOIN resident x ON x.id = w.resident_id) v
       ON a.entity = 'visit' AND v.id = a.entity_id
WHERE (:staff IS NULL OR a.staff_id = :staff)
  AND (:entity IS NULL OR a.entity = :entity)
  AND a.at >= :from AND a.at < :until
ORDER BY a.id DESC LIMIT :limit OFFSET :offset
