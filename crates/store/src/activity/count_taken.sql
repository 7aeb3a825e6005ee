SELECT activity_id, day, sum(status = 'booked'), sum(status = 'waitlist')
FROM enrolment WHERE day BETWEEN ?1 AND ?2 AND status <> 'cancelled'
GROUP BY activity_id, day
