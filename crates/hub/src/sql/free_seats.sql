UPDATE seat SET row_key = NULL WHERE centre_id = $1 AND pool_id = ANY ($2) AND row_key IS NOT NULL
