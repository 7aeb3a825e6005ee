SELECT cseq FROM centre_head WHERE centre_id = $1 FOR UPDATE
