UPDATE audit
SET before = NULL, after = NULL, reason = NULL, salt = NULL
WHERE (before IS NOT NULL OR after IS NOT NULL OR reason IS NOT NULL)
