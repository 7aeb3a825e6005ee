WITH RECURSIVE version (id) AS (
    SELECT ?1
    UNION
    SELECT v.corrects FROM visit v JOIN version ON v.id = version.id WHERE v.corrects IS NOT NULL
)
SELECT a.at, coalesce(s.name, a.actor) AS actor, a.action, a.before, a.after, a.reason, '' AS about
FROM audit a
LEFT JOIN staff s ON s.id = a.staff_id
WHERE a.entity_id IN (SELECT id FROM version)
ORDER BY a.id
