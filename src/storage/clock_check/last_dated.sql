-- The last line that the clock of before has dated: nearer to the time it would show now
-- than to the time the clock shows.
SELECT coalesce(max(id), ?1) FROM audit WHERE id > ?1 AND abs(at - ?2) <= abs(at - ?3)
