SELECT v.name, s.provider, count(*), count(DISTINCT a.resident_id)
FROM session s
JOIN appointment a ON a.session_id = s.id AND a.status = 'fulfilled'
JOIN service v ON v.id = s.service_id
WHERE s.day BETWEEN ?1 AND ?2
GROUP BY v.name, s.provider
ORDER BY v.name, s.provider
