SELECT v.id, v.resident_id, v.day, v.arrived_at, v.left_at, v.state, v.source, r.name, r.called_by, r.yard, r.picture,
       (SELECT group_concat(word, '、')
        FROM (SELECT s.name AS word FROM visit_service vs JOIN service s ON s.id = vs.service_id
              WHERE vs.visit_id = v.id
              UNION ALL
              SELECT v.other_words WHERE v.other_words <> '')),
       v.corrects IS NOT NULL
FROM visit v JOIN resident r ON r.id = v.resident_id
WHERE v.counted = 1{where}
ORDER BY v.day DESC, v.arrived_at DESC, v.id DESC
LIMIT :limit OFFSET :offset
