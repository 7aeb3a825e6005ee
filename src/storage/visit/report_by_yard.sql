SELECT r.yard, count(DISTINCT v.day || v.resident_id)
FROM visit v JOIN resident r ON r.id = v.resident_id
WHERE v.counted = 1 AND v.day BETWEEN :from AND :to AND r.yard <> ''
GROUP BY 1
