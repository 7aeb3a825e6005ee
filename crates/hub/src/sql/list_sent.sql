SELECT kseq, op_id FROM op_log
WHERE centre_id = $1 AND kiosk_id = $2 AND incarnation = $3 AND kseq BETWEEN $4 AND $5
