SELECT DISTINCT v.other_words, v.day, v.resident_id
FROM visit v INDEXED BY visit_other_words
WHERE v.counted = 1 AND v.other_words <> '' AND v.day BETWEEN :from AND :to
