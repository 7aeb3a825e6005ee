SELECT v.day, v.resident_id
FROM visit v INDEXED BY visit_person_day
WHERE v.counted = 1 AND v.day BETWEEN :from AND :to
ORDER BY v.day, v.resident_id
