SELECT v.resident_id
FROM visit v
WHERE v.corrects IS NOT NULL AND v.counted = 1 AND v.day BETWEEN :from AND :to
