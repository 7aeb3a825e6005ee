SELECT count(DISTINCT v.day || v.resident_id), count(DISTINCT v.resident_id)
FROM visit v
WHERE v.counted = 1 AND v.day BETWEEN :from AND :to
