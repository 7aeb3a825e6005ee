UPDATE centre_head SET log_emptied = $2 WHERE centre_id = $1 AND log_emptied < $2
