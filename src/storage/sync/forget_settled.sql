DELETE FROM op WHERE settled = 1 AND number <= (SELECT acked FROM sync_state)
