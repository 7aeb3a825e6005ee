SELECT cseq, log_floor FROM centre_head WHERE centre_id = $1
