WITH RECURSIVE chain(id, earlier) AS (
    SELECT id, instead_of FROM appointment WHERE id = ?1
    UNION
    SELECT a.id, a.instead_of FROM appointment a JOIN chain c ON a.id = c.earlier
)
SELECT id FROM chain WHERE earlier IS NULL
