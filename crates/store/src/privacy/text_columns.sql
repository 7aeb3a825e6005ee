SELECT m.name, c.name
FROM sqlite_schema m JOIN pragma_table_info(m.name) c
WHERE m.type = 'table' AND c.type = 'TEXT' AND m.name NOT IN ('audit', 'op', 'sync_state')
