SELECT n.id, n.kind, n.words, n.from_on, n.until_on,
       (SELECT count(*) FROM notice_receipt p WHERE p.notice_id = n.id)
FROM notice n WHERE n.ended_at IS NULL AND n.until_on >= ?1 ORDER BY n.from_on, n.id
