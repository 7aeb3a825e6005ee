SELECT change FROM op_log WHERE centre_id = $1 AND cseq > $2 ORDER BY cseq LIMIT $3
