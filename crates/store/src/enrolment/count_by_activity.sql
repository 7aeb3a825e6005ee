SELECT name, count(DISTINCT activity_id || held_on), count(*), count(DISTINCT resident_id)
FROM enrolment_shown
WHERE held_on BETWEEN ?1 AND ?2 AND outcome IN ('attended', 'left_early')
GROUP BY name ORDER BY count(*) DESC, name
