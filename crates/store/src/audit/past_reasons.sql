SELECT reason FROM audit
WHERE reason <> '' AND instr(reason, ?2) = 0
GROUP BY reason ORDER BY count(*) DESC, reason LIMIT ?1
