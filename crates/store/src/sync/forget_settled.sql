DELETE FROM op INDEXED BY op_settled WHERE settled = 1 AND number <= (SELECT acked FROM sync_state)
