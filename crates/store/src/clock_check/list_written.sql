-- Rows in force that were begun, or ended, in some lines of the trail.
SELECT t.id, max(a.action = ?3), max(a.action = ?4)
FROM audit a JOIN {table} t ON t.id = a.entity_id
WHERE a.id > ?1 AND a.id <= ?2 AND a.action IN (?3, ?4) AND t.state IN ('open', 'left', 'not_recorded', 'final') {counts}
GROUP BY t.id
