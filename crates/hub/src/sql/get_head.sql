SELECT cseq, log_floor, log_emptied FROM centre_head WHERE centre_id = $1
