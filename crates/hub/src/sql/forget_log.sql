-- Nobody reads lines below the floor any more; that they are there answers who tells
-- something again. What they said may be about somebody, in anybody's words.
UPDATE op_log SET change = change || '{"fields": {}, "asked": {}}'::jsonb
WHERE centre_id = $1 AND cseq > $2 AND cseq <= $3 AND (change->'fields' <> '{}' OR change->'asked' <> '{}')
