UPDATE centre_head SET next_ordinal = next_ordinal + 1 WHERE centre_id = $1 RETURNING next_ordinal - 1
