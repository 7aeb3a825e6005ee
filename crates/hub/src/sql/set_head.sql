UPDATE centre_head SET cseq = $2 WHERE centre_id = $1
