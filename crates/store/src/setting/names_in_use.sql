SELECT name FROM (
    SELECT 1 AS part, place, name FROM service
    UNION ALL SELECT 2, 0, name FROM room WHERE archived_at IS NULL
    UNION ALL SELECT 2, 1, room FROM availability WHERE ended_at IS NULL
    UNION ALL SELECT 2, 1, room FROM session WHERE day >= ?1
    UNION ALL SELECT 3, 0, name FROM activity_series WHERE until IS NULL OR until >= ?1
    UNION ALL SELECT 4, place, name FROM team
    UNION ALL SELECT 5, place, name FROM duty
)
WHERE name <> ''
GROUP BY name
ORDER BY min(part * 1000 + place), name
