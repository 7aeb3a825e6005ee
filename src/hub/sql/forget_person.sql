UPDATE op_log SET change = change || '{"fields": {}, "asked": {}}'::jsonb WHERE centre_id = $1 AND person = $2
