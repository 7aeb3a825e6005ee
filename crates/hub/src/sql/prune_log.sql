DELETE FROM op_log WHERE centre_id = $1 AND recv_at < now() - make_interval(days => $2) RETURNING cseq
