UPDATE conflict SET stands = 'null', other = 'null', decided_at = coalesce(decided_at, now())
WHERE centre_id = $1 AND cseq IN (SELECT o.cseq FROM op_log o WHERE o.centre_id = $1 AND o.person = $2)
