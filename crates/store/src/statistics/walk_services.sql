SELECT DISTINCT v.name, s.day, a.resident_id
FROM session s JOIN appointment a ON a.session_id = s.id JOIN service v ON v.id = s.service_id
WHERE s.day BETWEEN :from AND :to AND a.status = 'fulfilled'
