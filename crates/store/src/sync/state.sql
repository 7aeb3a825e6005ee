SELECT hub, kiosk, ordinal, accounts, incarnation, acked, cursor, head, offset_ms, synced_at, trouble, centre, cursor_op
FROM sync_state
