WITH said (word, day, resident_id) AS (
    SELECT s.name, v.day, v.resident_id
    FROM visit v JOIN visit_service vs ON vs.visit_id = v.id JOIN service s ON s.id = vs.service_id
    WHERE v.counted = 1 AND v.day BETWEEN :from AND :to
    UNION ALL
    SELECT v.other_words, v.day, v.resident_id
    FROM visit v
    WHERE v.counted = 1 AND v.day BETWEEN :from AND :to AND v.other_words <> ''
)
SELECT word, count(DISTINCT day || resident_id) FROM said GROUP BY 1
