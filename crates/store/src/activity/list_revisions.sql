-- How often each activity was changed, and when last. A closed day changes
-- what takes place on it, so closures count for every activity.
SELECT entity_id, count(*), max(at), 0 FROM audit WHERE entity = 'activity' GROUP BY entity_id
UNION ALL
SELECT x'', count(*), coalesce(max(at), 0), 1 FROM audit WHERE entity = 'closure'
