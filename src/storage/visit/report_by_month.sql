SELECT CAST(substr(v.day, 6, 2) AS INTEGER), count(DISTINCT v.day || v.resident_id)
FROM visit v
WHERE v.counted = 1 AND v.day BETWEEN :from AND :to
GROUP BY 1
