SELECT hub, kiosk, ordinal, accounts, incarnation, acked, cursor, head, offset_ms, synced_at, trouble
FROM sync_state
