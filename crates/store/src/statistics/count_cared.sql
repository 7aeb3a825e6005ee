SELECT count(*),
       coalesce(sum(EXISTS (SELECT 1 FROM visit v WHERE v.resident_id = r.id AND v.counted = 1 AND v.day BETWEEN :from AND :to)
           OR EXISTS (SELECT 1 FROM welfare_check w WHERE w.resident_id = r.id AND w.result = 'safe' AND w.day BETWEEN :from AND :to)), 0)
FROM resident r LEFT JOIN care_plan c ON c.resident_id = r.id
WHERE r.standing = 'active' AND (r.living IN ('alone', 'empty_nest') OR c.risk IS NOT NULL)
