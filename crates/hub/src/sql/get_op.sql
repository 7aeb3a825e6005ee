SELECT op_id FROM op_log WHERE centre_id = $1 AND cseq = $2
