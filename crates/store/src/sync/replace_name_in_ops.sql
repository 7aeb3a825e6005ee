UPDATE op
SET fields = replace(fields, ?1, ?2), under = replace(under, ?1, ?2)
WHERE instr(coalesce(fields, '') || coalesce(under, ''), ?1)
