UPDATE sync_state SET acked = max(acked, ?1), offset_ms = ?2
