SELECT change FROM (
    SELECT cseq, change, sum(pg_column_size(change)) OVER (ORDER BY cseq) - pg_column_size(change) AS before
    FROM (SELECT cseq, change FROM op_log WHERE centre_id = $1 AND cseq > $2 ORDER BY cseq LIMIT $3) page
) sized WHERE before < $4 ORDER BY cseq
