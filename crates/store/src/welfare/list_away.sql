SELECT resident_id, from_on, until_on, ended_at FROM absence
WHERE until_on >= :from ORDER BY until_on
