SELECT DISTINCT e.name, e.held_on, e.resident_id
FROM enrolment_shown e
WHERE e.day BETWEEN date(:from, '-60 days') AND date(:to, '+60 days')
  AND e.held_on BETWEEN :from AND :to AND e.outcome IN ('attended', 'left_early')
