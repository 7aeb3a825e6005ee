-- The last line that the clock of before has dated: not of the last minutes by the clock
-- of now.
SELECT coalesce(max(id), ?1) FROM audit WHERE id > ?1 AND at NOT BETWEEN ?2 AND ?3
