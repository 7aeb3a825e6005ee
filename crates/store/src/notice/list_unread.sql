SELECT n.id, n.kind, n.words, n.from_on, n.until_on, 0
FROM notice n
WHERE n.ended_at IS NULL AND ?1 BETWEEN n.from_on AND n.until_on
  AND NOT EXISTS (SELECT 1 FROM notice_receipt p WHERE p.notice_id = n.id AND p.resident_id = ?2)
ORDER BY n.from_on, n.id
