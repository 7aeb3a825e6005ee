SELECT resident_id, from_on, until_on FROM absence
WHERE ended_at IS NULL AND until_on >= :from ORDER BY until_on
