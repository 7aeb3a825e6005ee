UPDATE centre_head SET log_floor = $2 WHERE centre_id = $1 AND log_floor < $2
