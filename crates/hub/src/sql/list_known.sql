SELECT op_id, change FROM op_log WHERE centre_id = $1 AND op_id = ANY ($2)
