SELECT s.id, s.volunteer_id, s.staff_id, s.team_id, s.duty_id, s.day, s.started_at, s.ended_at, s.state,
       coalesce(v.name, f.name), coalesce(t.name, ''), coalesce(d.name, '')
FROM shift s
LEFT JOIN volunteer v ON v.id = s.volunteer_id
LEFT JOIN staff f ON f.id = s.staff_id
LEFT JOIN team t ON t.id = s.team_id
LEFT JOIN duty d ON d.id = s.duty_id
WHERE s.day BETWEEN ?1 AND ?2 AND s.state <> 'superseded' AND (coalesce(?3, ?4) IS NULL OR s.volunteer_id = ?3 OR s.staff_id = ?4)
ORDER BY s.started_at, s.id
